package io.sipscope.persistence.dialog;

import io.sipscope.persistence.index.DialogRow;
import java.util.Optional;

/// Is told of each change of a dialog once it is stored, by its entity's thread: it must not block.
/// The changes of a dialog are told once each and in order, on whatever node the dialog lives, and
/// none again when it is woken: what one begins with is what the one before ended with, but for
/// transactions that were forgotten meanwhile.
@FunctionalInterface
public interface DialogListener {
  /// Hears nothing.
  DialogListener NONE = (_, _, _) -> {};

  /// @param before empty for a dialog's first messages
  /// @param row what the index has of the dialog from then on
  void changed(Optional<Standing> before, Standing after, DialogRow row);

  /// Both are told, this one first.
  default DialogListener and(DialogListener other) {
    return (before, after, row) -> {
      changed(before, after, row);
      other.changed(before, after, row);
    };
  }
}
