package io.sipscope.persistence.store;

import io.sipscope.persistence.dialog.Dialog;
import io.sipscope.persistence.dialog.DialogHistory;
import io.sipscope.persistence.index.DamageNotes;
import io.sipscope.persistence.journal.JournalEntry;
import io.sipscope.persistence.journal.JournalPages;
import io.sipscope.persistence.journal.StoredEvents;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.dialog.Conversation;
import io.sipscope.protocol.dialog.Rung;
import io.sipscope.protocol.dialog.Seen;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.stream.javadsl.Source;

/// Replays a dialog's events as the entity itself does when it recovers: so a message has the
/// number here that its acknowledgement had. Events are read some at a time, as the reader asks
/// for more.
final class JournalHistory implements DialogHistory {
  /// Events that are read at once: of a few kilobytes each, so megabytes at most.
  private static final int PAGE = 100;

  private final JournalPages.Reading journal;
  private final StoredEvents stored;

  /// @param notes where it is noted that a dialog was found damaged
  JournalHistory(ActorSystem<?> system, JournalPages.Reading journal, DamageNotes notes) {
    this.journal = journal;
    this.stored = new StoredEvents(SerializationExtension.get(system), notes);
  }

  @Override
  public Source<Rung, NotUsed> messages(String key, long at) {
    return messages(key, at, _ -> {});
  }

  @Override
  public Source<Rung, NotUsed> messages(String key, long at, Consumer<String> damaged) {
    return JournalPages.of(Dialog.persistenceId(key).id(), 1, Long.MAX_VALUE, PAGE, journal)
        .statefulMapConcat(() -> replay(at, damaged));
  }

  private org.apache.pekko.japi.function.Function<JournalEntry, Iterable<Rung>> replay(
      long at, Consumer<String> damaged) {
    var conversation = new Conversation();
    return entry ->
        switch (stored.read(entry)) {
          case Dialog.Observed(var captures, var _, var _) -> rungs(conversation, captures, at);
          case Dialog.Unread unread -> {
            damaged.accept(unread.sentence());
            yield List.of();
          }
        };
  }

  private static List<Rung> rungs(Conversation conversation, List<Capture> captures, long at) {
    var rungs = new ArrayList<Rung>(captures.size());
    for (var capture : captures) {
      var seen = conversation.observe(capture);
      // What the parser of today no longer takes for SIP has its number but no rung.
      if (seen != Seen.DUPLICATE
          && capture.receivedAt() <= at
          && SipParser.parse(capture.sip()) instanceof SipMessage message) {
        rungs.add(new Rung(conversation.messages(), capture, message, seen == Seen.RETRANSMISSION));
      }
    }
    return rungs;
  }
}
