package io.sipscope.persistence.store;

import io.sipscope.persistence.dialog.Dialog;
import io.sipscope.persistence.dialog.DialogHistory;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.dialog.Conversation;
import io.sipscope.protocol.dialog.Rung;
import io.sipscope.protocol.dialog.Seen;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.persistence.jdbc.query.javadsl.JdbcReadJournal;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.stream.javadsl.Source;

/// Replays a dialog's events as the entity itself does when it recovers: so a message has the
/// number here that its acknowledgement had. Events are read some at a time, as the reader asks
/// for more.
final class JournalHistory implements DialogHistory {
  private final CurrentEventsByPersistenceIdQuery journal;

  JournalHistory(ActorSystem<?> system) {
    journal =
        PersistenceQuery.get(system)
            .getReadJournalFor(JdbcReadJournal.class, JdbcReadJournal.Identifier());
  }

  @Override
  public Source<Rung, NotUsed> messages(String key, long at) {
    return journal
        .currentEventsByPersistenceId(Dialog.persistenceId(key).id(), 0, Long.MAX_VALUE)
        .statefulMapConcat(() -> replay(at));
  }

  private static org.apache.pekko.japi.function.Function<
          org.apache.pekko.persistence.query.EventEnvelope, Iterable<Rung>>
      replay(long at) {
    var conversation = new Conversation();
    return envelope ->
        switch ((Dialog.Event) envelope.event()) {
          case Dialog.Observed(var captures, var _) -> rungs(conversation, captures, at);
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
