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
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.stream.javadsl.Source;

/// Replays a dialog's events as the entity itself does when it recovers: so a message has the
/// number here that its acknowledgement had. Events are read some at a time, as the reader asks
/// for more.
final class JournalHistory implements DialogHistory {
  private final Events journal;

  /// The events of a persistence id that are there now, in their order.
  interface Events {
    Source<EventEnvelope, NotUsed> of(String persistenceId);
  }

  JournalHistory(Events journal) {
    this.journal = journal;
  }

  @Override
  public Source<Rung, NotUsed> messages(String key, long at) {
    return journal.of(Dialog.persistenceId(key).id()).statefulMapConcat(() -> replay(at));
  }

  private static org.apache.pekko.japi.function.Function<EventEnvelope, Iterable<Rung>> replay(
      long at) {
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
