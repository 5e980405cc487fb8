package io.sipscope.persistence.trace;

import java.util.Locale;
import java.util.Optional;

/// How much is traced once a message asked for it.
public enum TraceScope {
  /// That message.
  MESSAGE,
  /// The transaction it begins, on both sides of a proxy, with its CANCEL and ACK.
  TRANSACTION,
  /// The dialog it begins.
  DIALOG;

  /// `dialog`, as the log has it.
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Reads letters as OpenSIPS does: `m`, `t`, `d`, in any case, the widest of several; blanks are
  /// passed over. `b`, the session of a B2BUA, is the dialog here. Empty for any other letter, and
  /// for none at all.
  public static Optional<TraceScope> of(String letters) {
    var widest = Optional.<TraceScope>empty();
    for (char letter : letters.toLowerCase(Locale.ROOT).toCharArray()) {
      if (letter == ' ' || letter == '\t') {
        continue;
      }
      var scope =
          switch (letter) {
            case 'm' -> MESSAGE;
            case 't' -> TRANSACTION;
            case 'd', 'b' -> DIALOG;
            default -> null;
          };
      if (scope == null) {
        return Optional.empty();
      }
      widest = Optional.of(widest.filter(known -> known.compareTo(scope) >= 0).orElse(scope));
    }
    return widest;
  }
}
