package io.sipscope.http.dialogs;

import io.sipscope.protocol.dialog.Conversation;
import io.sipscope.protocol.dialog.DialogSummary;
import io.sipscope.protocol.dialog.Rung;
import java.util.NavigableMap;
import java.util.TreeMap;

/// What some messages of a dialog add up to, told by them and nothing later. Mutable, as one
/// request owns it.
///
/// A conversation counts the messages it is given; those of a dialog may have gaps in their
/// numbers, as what had not been received by a moment, or is no longer taken for SIP, has one too.
final class Retelling {
  private final Conversation conversation = new Conversation();

  /// How far the dialog's numbers are ahead of the count, by the count from which on they are.
  private final NavigableMap<Long, Long> ahead = new TreeMap<>();

  Retelling() {
    ahead.put(0L, 0L);
  }

  /// @param rung stored after all those given before
  Retelling add(Rung rung) {
    conversation.observe(rung.capture());
    long count = conversation.messages();
    long by = rung.seq() - count;
    if (ahead.lastEntry().getValue() != by) {
      ahead.put(count, by);
    }
    return this;
  }

  boolean isEmpty() {
    return conversation.messages() == 0;
  }

  DialogSummary summary() {
    return conversation.summary();
  }

  /// The number that a message has in the dialog.
  ///
  /// @param count which of the messages given here it is, from 1
  long seq(long count) {
    return count + ahead.floorEntry(count).getValue();
  }
}
