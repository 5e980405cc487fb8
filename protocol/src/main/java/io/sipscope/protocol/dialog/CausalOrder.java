package io.sipscope.protocol.dialog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The order in which messages caused each other. Agents report out of order, so packet time
/// decides first; among messages of one tick of the clock SIP does: CSeq by CSeq, a request before
/// its responses, provisional before final (RFC 3261 §17), then the order of storing.
public final class CausalOrder {
  /// Most clocks tick in microseconds: what is closer they cannot tell apart.
  private static final long MICROSECOND = 1_000L;

  private static final Comparator<Rung> BY_TIME =
      Comparator.comparingLong((Rung rung) -> rung.capture().time()).thenComparingLong(Rung::seq);

  private CausalOrder() {}

  public static List<Rung> sort(List<Rung> rungs) {
    var sorted = new ArrayList<>(rungs);
    sorted.sort(BY_TIME);
    int start = 0;
    while (start < sorted.size()) {
      int end = start + 1;
      while (end < sorted.size() && isSameTick(sorted.get(start), sorted.get(end))) {
        end++;
      }
      if (end - start > 1) {
        sortTick(sorted.subList(start, end));
      }
      start = end;
    }
    return List.copyOf(sorted);
  }

  private static boolean isSameTick(Rung first, Rung second) {
    return Math.floorDiv(first.capture().time(), MICROSECOND)
        == Math.floorDiv(second.capture().time(), MICROSECOND);
  }

  private static void sortTick(List<Rung> tick) {
    tick.sort(
        Comparator.comparingLong((Rung rung) -> rung.message().cseq().number())
            .thenComparingInt(CausalOrder::step)
            .thenComparingInt(CausalOrder::hop)
            .thenComparingLong(rung -> rung.capture().time())
            .thenComparingLong(Rung::seq));
  }

  /// Where a message stands in its transaction: the request, its CANCEL, 100, other provisional
  /// responses, the final one, and the ACK that ends an INVITE.
  private static int step(Rung rung) {
    var message = rung.message();
    int status = message.status();
    if (message.isRequest()) {
      return switch (message.method()) {
        case "ACK" -> 6;
        case "CANCEL" -> 3;
        default -> 0;
      };
    }
    if (message.cseq().method().equals("CANCEL")) {
      return 4;
    }
    return status == 100 ? 1 : status < 200 ? 2 : 5;
  }

  /// Requests gain a Via at every hop, responses lose one.
  private static int hop(Rung rung) {
    int hops = rung.message().hops();
    return rung.message().isRequest() ? hops : -hops;
  }
}
