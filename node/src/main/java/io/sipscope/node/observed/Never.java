package io.sipscope.node.observed;

import io.sipscope.persistence.statistics.Counters;
import java.util.List;
import java.util.Map;

/// Statistics that OpenSIPS's clients ask for and that stay 0 here, as an observer does no such
/// thing.
public final class Never {
  private static final Map<String, List<String>> NAMES =
      Map.of(
          "sl",
          List.of(
              "1xx_replies",
              "2xx_replies",
              "3xx_replies",
              "4xx_replies",
              "5xx_replies",
              "6xx_replies",
              "sent_replies",
              "sent_err_replies",
              "received_ACKs"),
          "tm",
          List.of(
              "cluster_reply_sent",
              "cluster_request_sent",
              "cluster_cancel_sent",
              "cluster_reply_recv",
              "cluster_request_recv",
              "cluster_cancel_recv"),
          "dialog",
          List.of(
              "create_sent",
              "update_sent",
              "delete_sent",
              "create_recv",
              "update_recv",
              "delete_recv"));

  private Never() {}

  public static void register(Counters counters) {
    NAMES.forEach((group, names) -> names.forEach(name -> counters.counter(group, name)));
  }
}
