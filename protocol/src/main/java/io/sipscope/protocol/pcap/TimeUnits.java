package io.sipscope.protocol.pcap;

import io.sipscope.protocol.capture.Nanos;

/// How an interface of a pcapng section counts time: in which fraction of a second, and from how
/// many seconds after the epoch (options if_tsresol and if_tsoffset).
///
/// @param binary whether the unit is 2^-exponent seconds rather than 10^-exponent
/// @param exponent 0 to 127
record TimeUnits(boolean binary, int exponent, long offsetSeconds) {
  static final TimeUnits MICROSECONDS = new TimeUnits(false, 6, 0);

  private static final long PER_SECOND = 1_000_000_000L;

  /// 10^19 is the largest power of ten below 2^64.
  private static final int MAX_POWER_OF_TEN = 19;

  /// @param resolution the byte of if_tsresol: the exponent, and 0x80 for powers of two
  TimeUnits resolution(int resolution) {
    return new TimeUnits((resolution & 0x80) != 0, resolution & 0x7f, offsetSeconds);
  }

  TimeUnits offset(long seconds) {
    return new TimeUnits(binary, exponent, seconds);
  }

  /// Nanoseconds since the epoch, what is finer cut off.
  ///
  /// @param units unsigned, 64 bits
  long nanos(long units) {
    return binary ? binaryNanos(units) : decimalNanos(units);
  }

  private long decimalNanos(long units) {
    if (exponent > MAX_POWER_OF_TEN) {
      int finer = exponent - 9;
      return at(0, finer > MAX_POWER_OF_TEN ? 0 : Long.divideUnsigned(units, powerOfTen(finer)));
    }
    long perSecond = powerOfTen(exponent);
    long seconds = Long.divideUnsigned(units, perSecond);
    long rest = Long.remainderUnsigned(units, perSecond);
    return at(
        seconds,
        exponent <= 9
            ? rest * powerOfTen(9 - exponent)
            : Long.divideUnsigned(rest, powerOfTen(exponent - 9)));
  }

  private long binaryNanos(long units) {
    long seconds = exponent < Long.SIZE ? units >>> exponent : 0;
    long rest = exponent < Long.SIZE ? units & ((1L << exponent) - 1) : units;
    long high = Math.unsignedMultiplyHigh(rest, PER_SECOND);
    long low = rest * PER_SECOND;
    return at(seconds, shiftedRight(high, low));
  }

  /// The low 64 bits of a 128-bit number shifted right by the exponent.
  private long shiftedRight(long high, long low) {
    if (exponent == 0) {
      return low;
    }
    return exponent < Long.SIZE
        ? low >>> exponent | high << (Long.SIZE - exponent)
        : high >>> (exponent - Long.SIZE);
  }

  private long at(long seconds, long nanos) {
    long beyond = seconds < 0 ? Long.MAX_VALUE : seconds;
    long sum = beyond + offsetSeconds;
    boolean overflow = ((beyond ^ sum) & (offsetSeconds ^ sum)) < 0;
    return Nanos.of(overflow ? Long.MAX_VALUE : sum, nanos);
  }

  private static long powerOfTen(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= 10;
    }
    return power;
  }
}
