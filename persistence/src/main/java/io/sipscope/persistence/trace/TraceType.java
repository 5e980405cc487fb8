package io.sipscope.persistence.trace;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What of a traced message, transaction or dialog is traced.
public enum TraceType {
  /// Its SIP messages.
  SIP(1),
  /// What the policy script says by `xlog` while it runs for them.
  XLOG(2),
  /// What the policy script asks of web servers meanwhile, and what they answer.
  REST(4);

  /// When nobody says otherwise.
  public static final Set<TraceType> USUAL = Set.of(SIP);

  private final int bit;

  TraceType(int bit) {
    this.bit = bit;
  }

  /// Which it is on the wire and on the disk.
  public int bit() {
    return bit;
  }

  public static Optional<TraceType> ofBit(int bit) {
    return Arrays.stream(values()).filter(type -> type.bit == bit).findFirst();
  }

  /// `sip`, as a list of types has it.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<TraceType> of(String text) {
    return Arrays.stream(values()).filter(type -> type.text().equalsIgnoreCase(text)).findFirst();
  }

  /// A bit each.
  static int bits(Set<TraceType> types) {
    return types.stream().mapToInt(TraceType::bit).sum();
  }

  static Set<TraceType> ofBits(int bits) {
    var types = EnumSet.noneOf(TraceType.class);
    for (var type : values()) {
      if ((bits & type.bit) != 0) {
        types.add(type);
      }
    }
    return Set.copyOf(types);
  }
}
