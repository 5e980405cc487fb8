package io.sipscope.persistence.events;

/// Sipscope's own events as they are raised; [EventCatalogue] says when.
public final class OwnEvents {
  private OwnEvents() {}

  /// @param seconds since it last sent
  public static Event agentLost(String agent, long seconds) {
    return Event.of(EventNames.AGENT_LOST).with("agent", agent).with("silent", seconds);
  }

  /// @param seconds it did not send for
  public static Event agentBack(String agent, long seconds) {
    return Event.of(EventNames.AGENT_BACK).with("agent", agent).with("silent", seconds);
  }

  /// @param address who sent
  /// @param agent as it said it is
  public static Event agentRefused(String address, String agent, String reason, long count) {
    return Event.of(EventNames.AGENT_REFUSED)
        .with("address", address)
        .with("agent", agent)
        .with("reason", reason)
        .with("count", count);
  }

  /// @param reason of the statistics, as `dropped_queue_full`
  public static Event captureDrops(String reason, long count, long total) {
    return Event.of(EventNames.CAPTURE_DROPS)
        .with("reason", reason)
        .with("count", count)
        .with("total", total);
  }

  public static Event traceDestinationDown(String destination, String reason) {
    return Event.of(EventNames.TRACE_DESTINATION_DOWN)
        .with("destination", destination)
        .with("reason", reason);
  }

  /// @param seconds it was down
  public static Event traceDestinationUp(String destination, long seconds) {
    return Event.of(EventNames.TRACE_DESTINATION_UP)
        .with("destination", destination)
        .with("down", seconds);
  }

  /// @param dialog its key
  public static Event verdictBad(String dialog, String callId, String rule, String title) {
    return Event.of(EventNames.VERDICT_BAD)
        .with("dialog", dialog)
        .with("callid", callId)
        .with("rule", rule)
        .with("title", title);
  }

  /// @param from the node that had it; empty when nobody had
  public static Event shardMoved(String shard, String from, String to) {
    return Event.of(EventNames.SHARD_MOVED).with("shard", shard).with("from", from).with("to", to);
  }

  /// @param member its address
  public static Event memberUp(String member) {
    return Event.of(EventNames.MEMBER_UP).with("member", member);
  }

  /// @param member its address
  public static Event memberDown(String member, String reason) {
    return Event.of(EventNames.MEMBER_DOWN).with("member", member).with("reason", reason);
  }

  /// @param value decimal, as `bound`
  /// @param comparison `above` or `below`
  /// @param isRaised otherwise it is cleared
  public static Event alert(
      String name,
      String statistic,
      String value,
      String bound,
      String comparison,
      boolean isRaised) {
    return Event.of(EventNames.ALERT)
        .with("name", name)
        .with("statistic", statistic)
        .with("value", value)
        .with("bound", bound)
        .with("comparison", comparison)
        .with("state", isRaised ? "raised" : "cleared");
  }
}
