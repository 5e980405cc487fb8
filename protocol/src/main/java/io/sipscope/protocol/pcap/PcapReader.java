package io.sipscope.protocol.pcap;

import io.sipscope.protocol.capture.Nanos;
import java.io.IOException;
import java.util.Optional;

/// Reads classic pcap (draft-ietf-opsawg-pcap): a header of 24 bytes, then records of
/// *seconds(4) fraction(4) captured length(4) original length(4) data*. The magic tells the byte
/// order, micro- or nanoseconds, and the variant of Alexey Kuznetzov with 8 more bytes a record.
///
/// The version is not believed beyond what libpcap does with it: before 2.3 the two lengths were
/// swapped, and in 2.3 sometimes.
final class PcapReader implements CaptureFile.Reader {
  /// Larger than any packet that carries SIP, jumbo and offload included. A larger one has to be
  /// announced by the snap length.
  static final int MAX_UNANNOUNCED_BYTES = 1 << 18;

  /// What no snap length makes credible: the bytes are no record any more.
  static final int MAX_PACKET_BYTES = 1 << 24;

  private static final int FILE_HEAD = 24;
  private static final int RECORD_HEAD = 16;
  private static final int KUZNETZOV_RECORD_HEAD = 24;
  private static final int MICROS = 0xa1b2c3d4;
  private static final int NANOS = 0xa1b23c4d;
  private static final int KUZNETZOV = 0xa1b2cd34;

  /// Bits of the link type field that mean nothing yet; above them the length of the frame check
  /// sequence, which the length inside the packet cuts off.
  private static final long RESERVED_LINK_TYPE_BITS = 0x03ff_0000L;

  private final Input input;
  private final int magic;
  private int recordHead;
  private int minorVersion;
  private int maxCaptured;
  private int linkType = -1;

  private PcapReader(Input input, int magic) {
    this.input = input;
    this.magic = magic;
  }

  /// A reader for a magic in network order, when it is one of pcap.
  static Optional<PcapReader> of(Input input, int magic) {
    boolean big = isMagic(magic);
    if (!big && !isMagic(Integer.reverseBytes(magic))) {
      return Optional.empty();
    }
    input.littleEndian(!big);
    return Optional.of(new PcapReader(input, big ? magic : Integer.reverseBytes(magic)));
  }

  private static boolean isMagic(int magic) {
    return magic == MICROS || magic == NANOS || magic == KUZNETZOV;
  }

  @Override
  public Pcap next() throws IOException {
    if (linkType < 0) {
      var fault = header();
      if (fault.isPresent()) {
        return fault.get();
      }
    }
    if (!input.has(recordHead)) {
      return input.endOr("a record's head has " + recordHead);
    }
    long seconds = input.u32(0);
    long fraction = input.u32(4);
    long captured = input.u32(8);
    long original = input.u32(12);
    if (minorVersion < 3 || (minorVersion == 3 && captured > original)) {
      long swapped = captured;
      captured = original;
      original = swapped;
    }
    if (captured > maxCaptured) {
      return input.lost(
          Reason.PACKET_LENGTH, "packet of " + captured + " bytes (" + maxCaptured + " at most)");
    }
    input.skip(recordHead);
    var data = input.take((int) captured);
    if (data.length() < captured) {
      return input.lost(
          Reason.CUT_SHORT, data.length() + " bytes left (the packet has " + captured + ")");
    }
    return new Pcap.Frame(linkType, time(seconds, fraction), data, original);
  }

  private Optional<Pcap> header() throws IOException {
    if (!input.has(FILE_HEAD)) {
      return Optional.of(
          input.lost(Reason.CUT_SHORT, input.left() + " bytes (a pcap header has 24)"));
    }
    long network = input.u32(20);
    if ((network & RESERVED_LINK_TYPE_BITS) != 0) {
      return Optional.of(
          input.lost(Reason.LINK_TYPE, "0x%08x (bits 16 to 25 clear)".formatted(network)));
    }
    minorVersion = input.u16(4) == 2 ? input.u16(6) : Integer.MAX_VALUE;
    maxCaptured = Math.clamp(input.u32(16), MAX_UNANNOUNCED_BYTES, MAX_PACKET_BYTES);
    recordHead = magic == KUZNETZOV ? KUZNETZOV_RECORD_HEAD : RECORD_HEAD;
    linkType = (int) (network & 0xffff);
    input.skip(FILE_HEAD);
    return Optional.empty();
  }

  /// A fraction beyond a second, as some writers leave it, carries over.
  private long time(long seconds, long fraction) {
    long perSecond = magic == NANOS ? 1_000_000_000L : 1_000_000L;
    return Nanos.of(
        seconds + fraction / perSecond, fraction % perSecond * (1_000_000_000L / perSecond));
  }
}
