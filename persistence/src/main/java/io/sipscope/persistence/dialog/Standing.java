package io.sipscope.persistence.dialog;

import io.sipscope.persistence.index.DialogRow;
import io.sipscope.persistence.index.Trunks;
import io.sipscope.protocol.dialog.Conversation;
import io.sipscope.protocol.dialog.Phase;
import io.sipscope.protocol.dialog.Transaction;
import java.util.List;
import java.util.OptionalLong;

/// What statistics count of a dialog at one moment.
///
/// @param call it was begun by an INVITE
/// @param expiresAt when it counts as expired if nothing more is heard, nanoseconds since the
///     epoch; empty once it ended
/// @param duration from the answer to the end, nanoseconds
/// @param trunk the configured trunk it uses; empty when none
/// @param callerIsOnTrunk that trunk is where the caller is, not where the callee is
/// @param acknowledged an answer to an INVITE was acknowledged
/// @param byeAnswered a BYE was answered with a 2xx
/// @param transactions in the order in which they were heard of; what was there before and was not
///     forgotten is at the same place
public record Standing(
    boolean call,
    Phase phase,
    OptionalLong expiresAt,
    OptionalLong duration,
    String trunk,
    boolean callerIsOnTrunk,
    boolean acknowledged,
    boolean byeAnswered,
    List<Transaction> transactions) {
  public Standing {
    transactions = List.copyOf(transactions);
  }

  public static Standing of(Conversation conversation, DialogRow row, Trunks trunks) {
    var summary = row.summary();
    return new Standing(
        summary.method().equals("INVITE"),
        summary.phase(),
        summary.expiresAt(),
        summary.duration(),
        row.trunk(),
        trunks.hasCaller(row.trunk(), summary),
        conversation.acknowledged(),
        conversation.byeAnswered(),
        conversation.transactions());
  }

  /// Without the transactions that were forgotten meanwhile, the first so many.
  public Standing without(int forgotten) {
    return forgotten == 0
        ? this
        : new Standing(
            call,
            phase,
            expiresAt,
            duration,
            trunk,
            callerIsOnTrunk,
            acknowledged,
            byeAnswered,
            transactions.subList(forgotten, transactions.size()));
  }
}
