package io.sipscope.node.observed;

import io.sipscope.persistence.statistics.Counters;
import io.sipscope.protocol.dialog.Transaction;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Counts observed transactions as OpenSIPS counts its own: the group `tm`, and the registrations
/// of the group `registrar`.
final class Transactions {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private static final int OTHER = 0;
  private static final int INVITE = 1;

  private final LongAdder replies;
  private final LongAdder relayed;
  private final LongAdder local;
  private final LongAdder server;
  private final LongAdder client;
  private final LongAdder[] byClass = new LongAdder[7];
  private final LongAdder[] resent;
  private final LongAdder resentReplies;
  private final LongAdder accepted;
  private final LongAdder rejected;
  private final Expiring expiring;

  Transactions(Counters counters) {
    replies = counters.counter("tm", "received_replies");
    relayed = counters.counter("tm", "relayed_replies");
    local = counters.counter("tm", "local_replies");
    server = counters.counter("tm", "UAS_transactions");
    client = counters.counter("tm", "UAC_transactions");
    for (int statusClass = 2; statusClass <= 6; statusClass++) {
      byClass[statusClass] = counters.counter("tm", statusClass + "xx_transactions");
    }
    resent =
        new LongAdder[] {
          counters.counter("tm", "retransmission_req_T1_1"),
          counters.counter("tm", "retransmission_req_T1_2"),
          counters.counter("tm", "retransmission_req_T1_3"),
          counters.counter("tm", "retransmission_req_T2")
        };
    resentReplies = counters.counter("tm", "retransmission_rpl_T2");
    accepted = counters.counter("registrar", "accepted_regs");
    rejected = counters.counter("registrar", "rejected_regs");
    var inUse = new LongAdder();
    expiring =
        new Expiring(
            SECOND,
            new Expiring.Kind(inUse, counters.counter("tm", "timeout_finalresponse")),
            new Expiring.Kind(inUse, counters.counter("tm", "timeout_finalresponse_inv")));
    // What began on another node may end on this one, and is then missing there for a while.
    counters.gauge("tm", "inuse_transactions", () -> Math.max(0, inUse.sum()));
  }

  /// Called once a second: counts what timed out meanwhile.
  void expire(long now) {
    expiring.expire(now);
  }

  /// @param sign 1 = it stands so now, -1 = it stood so until now
  void count(Transaction transaction, int sign, long now) {
    replies.add(sign * transaction.replies());
    if (transaction.requested().isPresent()) {
      server.add(sign);
      client.add((long) sign * (transaction.hops() - 1));
    }
    switch (transaction.passing()) {
      case UNKNOWN -> {}
      case RELAYED -> relayed.add(sign);
      case LOCAL -> local.add(sign);
    }
    int statusClass = transaction.status() / 100;
    if (statusClass >= 2 && statusClass <= 6) {
      byClass[statusClass].add(sign);
    }
    for (int i = 0; i < resent.length && i < transaction.resentRequests(); i++) {
      boolean last = i == resent.length - 1;
      resent[i].add(sign * (last ? transaction.resentRequests() - i : 1));
    }
    resentReplies.add(sign * transaction.resentReplies());
    expiring.count(
        transaction.method().equals("INVITE") ? INVITE : OTHER, transaction.expiresAt(), sign, now);
    if (transaction.method().equals("REGISTER")) {
      registration(transaction.status(), sign);
    }
  }

  private void registration(int status, int sign) {
    switch (status) {
      case 0, 401, 402, 407 -> {}
      default -> (status < 300 ? accepted : rejected).add(sign);
    }
  }
}
