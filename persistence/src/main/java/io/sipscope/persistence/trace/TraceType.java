package io.sipscope.persistence.trace;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What of a traced message, transaction or dialog is traced.
public enum TraceType {
  /// Its SIP messages.
  SIP,
  /// What the policy script says by `xlog` while it runs for them.
  XLOG,
  /// What the policy script asks of web servers meanwhile, and what they answer.
  REST;

  /// When nobody says otherwise.
  public static final Set<TraceType> USUAL = Set.of(SIP);

  /// `sip`, as a list of types has it.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<TraceType> of(String text) {
    return Arrays.stream(values()).filter(type -> type.text().equalsIgnoreCase(text)).findFirst();
  }

  /// A bit each, by their order.
  static int bits(Set<TraceType> types) {
    return types.stream().mapToInt(type -> 1 << type.ordinal()).sum();
  }

  static Set<TraceType> ofBits(int bits) {
    var types = EnumSet.noneOf(TraceType.class);
    for (var type : values()) {
      if ((bits & 1 << type.ordinal()) != 0) {
        types.add(type);
      }
    }
    return Set.copyOf(types);
  }
}
