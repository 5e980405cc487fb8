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
import java.util.stream.IntStream;

/// Tells of the way of a call through OpenSIPS's states of a dialog, each step an event, however
/// many messages were heard of at once.
public final class DialogStates implements DialogListener {
  private static final int UNCONFIRMED = 1;
  private static final int EARLY = 2;
  private static final int CONFIRMED_NO_ACK = 3;
  private static final int CONFIRMED = 4;
  private static final int DELETED = 5;

  private final Events events;

  public DialogStates(Events events) {
    this.events = events;
  }

  @Override
  public void changed(Optional<Standing> before, Standing after, DialogRow row) {
    if (!after.call() || !events.isAwaited(EventNames.DLG_STATE_CHANGED)) {
      return;
    }
    int from = before.map(DialogStates::state).orElse(UNCONFIRMED);
    int to = state(after);
    int last = from;
    for (int state : IntStream.rangeClosed(from + 1, to).toArray()) {
      if (wentThrough(after, state)) {
        events.raise(event(row, last, state));
        last = state;
      }
    }
  }

  private static int state(Standing standing) {
    return switch (standing.phase()) {
      case TRYING -> UNCONFIRMED;
      case EARLY -> EARLY;
      case CONFIRMED -> standing.acknowledged() ? CONFIRMED : CONFIRMED_NO_ACK;
      case TERMINATED, FAILED, CANCELLED, EXPIRED -> DELETED;
    };
  }

  /// Whether a call that is in some state was in another one, or is in it.
  private static boolean wentThrough(Standing standing, int state) {
    boolean answered = standing.phase() == Phase.CONFIRMED || standing.duration().isPresent();
    return switch (state) {
      case EARLY -> standing.phase() == Phase.EARLY || rang(standing);
      case CONFIRMED_NO_ACK -> answered;
      case CONFIRMED -> answered && standing.acknowledged();
      default -> true;
    };
  }

  private static boolean rang(Standing standing) {
    return standing.transactions().stream()
        .anyMatch(
            one -> one.method().equals("INVITE") && !one.inDialog() && one.indicated().isPresent());
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
