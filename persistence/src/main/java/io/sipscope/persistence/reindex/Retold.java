package io.sipscope.persistence.reindex;

import io.sipscope.persistence.dialog.Dialog;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.persistence.index.IndexTable.Change;
import io.sipscope.persistence.index.Trunks;
import io.sipscope.persistence.journal.JournalEntry;
import io.sipscope.persistence.journal.StoredEvents;
import io.sipscope.persistence.wire.NewerVersion;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.dialog.Conversation;
import io.sipscope.protocol.dialog.DialogSummary;
import io.sipscope.protocol.dialog.Phase;
import io.sipscope.protocol.link.LinkRules;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.sip.CallId;
import io.sipscope.protocol.verdict.Verdict;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.pekko.serialization.Serialization;

/// One dialog as its events tell it, one after the other. Mutable, as one rebuild owns it; holds no
/// messages.
final class Retold {
  private static final Endpoint NOWHERE = Endpoint.parse("0.0.0.0:0").orElseThrow();
  private static final long NANOS_IN_MILLI = 1_000_000;

  private final String id;
  private final Conversation conversation;
  private String damaged = "";
  private long writtenAt;

  /// Whether a newer version wrote what follows: a summary of what comes after a gap would be
  /// written over that of a node that can read it all.
  private boolean closed;

  /// @param id the persistence id
  /// @param links what other legs of a call are found by
  Retold(String id, LinkRules links) {
    this.id = id;
    conversation = new Conversation(links);
  }

  String id() {
    return id;
  }

  boolean isDamaged() {
    return !damaged.isEmpty();
  }

  void add(JournalEntry entry, Serialization serialization) {
    writtenAt = Math.max(writtenAt, entry.timestamp());
    if (closed) {
      return;
    }
    try {
      switch (StoredEvents.read(serialization, entry)) {
        case Dialog.Observed(var captures, var _, var _) -> captures.forEach(conversation::observe);
        case Dialog.Unread unread -> note(unread.sentence());
      }
    } catch (NewerVersion e) {
      note(StoredEvents.sentence(entry, e));
      closed = true;
    }
  }

  private void note(String sentence) {
    if (damaged.isEmpty()) {
      damaged = sentence;
    }
  }

  Change change(Trunks trunks) {
    var key = Dialog.key(id);
    var summary =
        conversation.messages() == 0
            ? unknown(key, writtenAt * NANOS_IN_MILLI)
            : conversation.summary();
    var row = new DialogRow(key, summary, trunks.of(summary), damaged, conversation.links());
    return new Change(row, writtenAt);
  }

  /// A dialog of which nothing can be read, so that it is listed all the same.
  private static DialogSummary unknown(String key, long time) {
    return new DialogSummary(
        CallId.of(key).key().equals(key) ? key : "",
        time,
        time,
        OptionalLong.empty(),
        Phase.EXPIRED,
        OptionalLong.empty(),
        "",
        "",
        "",
        "",
        List.of(),
        "",
        NOWHERE,
        NOWHERE,
        List.of(),
        "",
        OptionalInt.empty(),
        0,
        0,
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        List.<Agent>of(),
        new Verdict(Verdict.Level.INFO, "Damaged", "nothing can be read", List.of(), "damaged"));
  }
}
