package io.sipscope.node.events;

import io.sipscope.persistence.dialog.DialogListener;
import io.sipscope.persistence.dialog.Standing;
import io.sipscope.persistence.events.Event;
import io.sipscope.persistence.events.EventNames;
import io.sipscope.persistence.events.Events;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.protocol.dialog.DialogNumber;
import io.sipscope.protocol.dialog.Phase;
import java.util.Optional;

/// Tells of the way of a call through OpenSIPS's states of a dialog: 1 unconfirmed, 2 early, 3
/// confirmed, 5 over. That an ACK confirms it once more (4) is not told.
public final class DialogStates implements DialogListener {
  private final Events events;

  public DialogStates(Events events) {
    this.events = events;
  }

  @Override
  public void changed(Optional<Standing> before, Standing after, DialogRow row) {
    if (!after.call() || !events.isAwaited(EventNames.DLG_STATE_CHANGED)) {
      return;
    }
    int from = before.map(Standing::phase).map(DialogStates::state).orElse(1);
    int to = state(after.phase());
    if (from != to) {
      events.raise(event(row, from, to));
    }
  }

  private static int state(Phase phase) {
    return switch (phase) {
      case TRYING -> 1;
      case EARLY -> 2;
      case CONFIRMED -> 3;
      case TERMINATED, FAILED, CANCELLED, EXPIRED -> 5;
    };
  }

  private static Event event(DialogRow row, int from, int to) {
    var number = DialogNumber.of(row.key());
    var summary = row.summary();
    return Event.of(EventNames.DLG_STATE_CHANGED)
        .with("id", number.text())
        .with("db_id", Long.toString(number.databaseId()))
        .with("callid", summary.callId())
        .with("from_tag", summary.fromTag())
        .with("to_tag", summary.toTags().isEmpty() ? "" : summary.toTags().getFirst())
        .with("old_state", from)
        .with("new_state", to);
  }
}
