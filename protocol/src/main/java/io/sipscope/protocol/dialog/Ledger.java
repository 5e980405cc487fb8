package io.sipscope.protocol.dialog;

import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.verdict.Attempt;
import io.sipscope.protocol.verdict.Leg;
import io.sipscope.protocol.verdict.Legs;
import io.sipscope.protocol.verdict.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// The latest transactions of a dialog, each with what came of it, for statistics. What they say is
/// the same in whatever order their messages arrive. [Legs] keeps those that decide how a dialog
/// went, which are its first; a phone that registers for weeks under one Call-ID has ever new ones.
final class Ledger {
  /// Transactions that may still get a message: a dialog has seldom more than two open at once.
  private static final int KEPT = 16;

  private final List<Entry> entries = new ArrayList<>(2);
  private boolean byeAnswered;

  private static final class Entry {
    final String method;
    final long cseq;
    final String fromTag;
    final List<Leg> legs = new ArrayList<>(1);
    long replies;
    long resentRequests;
    long resentReplies;

    Entry(String method, SipMessage message) {
      this.method = method;
      cseq = message.cseq().number();
      fromTag = message.fromTag();
    }

    boolean isOf(String otherMethod, SipMessage message) {
      return cseq == message.cseq().number()
          && method.equals(otherMethod)
          && fromTag.equals(message.fromTag());
    }
  }

  void observe(SipMessage message, Moment moment, Seen seen) {
    var method = message.isRequest() ? message.method() : message.cseq().method();
    if (method.equals("ACK")) {
      return;
    }
    boolean again = seen == Seen.RETRANSMISSION;
    var entry = entry(method, message, again);
    if (entry != null) {
      if (message.isRequest()) {
        entry.resentRequests += again ? 1 : 0;
      } else {
        entry.replies++;
        entry.resentReplies += again ? 1 : 0;
        byeAnswered |= method.equals("BYE") && message.status() / 100 == 2;
      }
      leg(entry, message).observe(message, moment);
    }
  }

  /// Null for what is sent again and was forgotten: it is no new transaction.
  private Entry entry(String method, SipMessage message, boolean again) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (entries.get(i).isOf(method, message)) {
        return entries.get(i);
      }
    }
    if (again) {
      return null;
    }
    var entry = new Entry(method, message);
    entries.add(entry);
    return entry;
  }

  private static Leg leg(Entry entry, SipMessage message) {
    for (var leg : entry.legs) {
      if (leg.isOf(message)) {
        return leg;
      }
    }
    var leg = new Leg(message);
    if (entry.legs.size() < Legs.MAX_LEGS) {
      entry.legs.add(leg);
    }
    return leg;
  }

  /// Whether a BYE was answered with a 2xx.
  boolean byeAnswered() {
    return byeAnswered;
  }

  /// In the order in which they were heard of. Those before the last [#KEPT] are there until
  /// [#settle].
  List<Transaction> transactions() {
    var transactions = new ArrayList<Transaction>(entries.size());
    for (var entry : entries) {
      transactions.add(transaction(entry));
    }
    return List.copyOf(transactions);
  }

  /// Forgets all but the latest: what was counted stays as it is.
  ///
  /// @return how many were forgotten: the first of [#transactions]
  int settle() {
    int forgotten = Math.max(0, entries.size() - KEPT);
    entries.subList(0, forgotten).clear();
    return forgotten;
  }

  private static Transaction transaction(Entry entry) {
    var attempt = new Attempt(entry.legs);
    var success = attempt.success();
    int status = 0;
    var answered = Moment.NEVER;
    if (success.happened()) {
      status = attempt.successStatus();
      answered = success;
    } else if (attempt.isFailed()) {
      status = attempt.failed().failureStatus();
      answered = attempt.failed().failure();
    }
    boolean inDialog = false;
    for (var leg : entry.legs) {
      inDialog |= leg.isInDialog();
    }
    return new Transaction(
        entry.method,
        inDialog,
        time(attempt.request()),
        time(attempt.early()),
        time(answered),
        status,
        passing(attempt, status),
        entry.legs.size(),
        entry.replies,
        entry.resentRequests,
        entry.resentReplies);
  }

  private static Transaction.Passing passing(Attempt attempt, int status) {
    if (status == 0 || attempt.nearest().size() == attempt.legs().size()) {
      return Transaction.Passing.UNKNOWN;
    }
    for (var leg : attempt.legs()) {
      if (!attempt.nearest().contains(leg)
          && (status < 300 ? leg.successStatus() : leg.failureStatus()) == status) {
        return Transaction.Passing.RELAYED;
      }
    }
    return Transaction.Passing.LOCAL;
  }

  private static OptionalLong time(Moment moment) {
    return moment.happened() ? OptionalLong.of(moment.time()) : OptionalLong.empty();
  }
}
