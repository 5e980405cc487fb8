package io.sipscope.persistence.events;

import static io.sipscope.persistence.events.EventDescription.Origin.CALLS;
import static io.sipscope.persistence.events.EventDescription.Origin.CORE;
import static io.sipscope.persistence.events.EventDescription.Origin.OWN;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Every event that Sipscope itself raises, in the order of their ids but for `E_CORE_LOG`, which
/// is registered last. Who raises one makes it by [CoreEvents] or [OwnEvents]; a test compares
/// those, and the documentation, with this list.
public final class EventCatalogue {
  public static final List<EventDescription> ALL =
      List.of(
          EventDescription.of(
              EventNames.SR_STATUS_CHANGED,
              CORE,
              "a status of the status report changed",
              "group",
              "identifier",
              "status#",
              "details?",
              "old_status#"),
          EventDescription.of(
              EventNames.THRESHOLD,
              CORE,
              "something took longer than its threshold; `time` in microseconds",
              "source",
              "time#",
              "extra"),
          EventDescription.of(
              EventNames.SHM_THRESHOLD,
              CORE,
              "the heap, after a collection, has reached its threshold or fallen below; once each",
              "usage#",
              "threshold#",
              "used#",
              "size#"),
          EventDescription.of(
              EventNames.PKG_THRESHOLD,
              CORE,
              "the direct buffers have reached their threshold or fallen below; once each",
              "usage#",
              "threshold#",
              "used#",
              "size#",
              "pid#"),
          EventDescription.of(
              EventNames.AUTO_SCALE,
              CORE,
              "a worker was started or stopped by its auto-scaling profile",
              "group_type",
              "group_filter",
              "group_load#",
              "scale",
              "process_id#",
              "pid#"),
          EventDescription.of(
              EventNames.TCP_DISCONNECT,
              CORE,
              "a connection of HEP over TCP or TLS closed",
              "src_ip",
              "src_port#",
              "dst_ip",
              "dst_port#",
              "proto"),
          EventDescription.of(
              EventNames.PROFILING_SCRIPT,
              CORE,
              "a route of the policy script is started, entered, left, ended",
              "sec#",
              "usec#",
              "session#",
              "verb",
              "name",
              "type#",
              "depth#",
              "file?",
              "line#?",
              "status#?"),
          EventDescription.of(
              EventNames.PROFILING_PROC,
              CORE,
              "a worker whose profiling is on begins and ends what it does",
              "sec#",
              "usec#",
              "session#",
              "verb",
              "name",
              "type#",
              "depth#",
              "file?",
              "line#?",
              "status#?"),
          EventDescription.of(
              EventNames.DLG_STATE_CHANGED,
              CALLS,
              "a call moved on: 1 unconfirmed, 2 early, 3 answered, 4 confirmed by its ACK, 5 over",
              "id",
              "db_id",
              "callid",
              "from_tag",
              "to_tag",
              "old_state#",
              "new_state#"),
          EventDescription.of(
              EventNames.AGENT_REFUSED,
              OWN,
              "HEP was not let in; at most once a minute of each",
              "address",
              "agent",
              "reason",
              "count#"),
          EventDescription.of(
              EventNames.AGENT_LOST,
              OWN,
              "an agent that usually sends says nothing while others do; `silent` in seconds",
              "agent",
              "silent#"),
          EventDescription.of(
              EventNames.AGENT_BACK,
              OWN,
              "an agent that was lost sends again; `silent` is for how many seconds it did not",
              "agent",
              "silent#"),
          EventDescription.of(
              EventNames.CAPTURE_DROPS,
              OWN,
              "traffic was lost on the way in, by reason, at most once a second; `count` since the"
                  + " last such event, `total` since the start",
              "reason",
              "count#",
              "total#"),
          EventDescription.of(
              EventNames.TRACE_DESTINATION_DOWN,
              OWN,
              "a trace destination takes nothing any more",
              "destination",
              "reason"),
          EventDescription.of(
              EventNames.TRACE_DESTINATION_UP,
              OWN,
              "a trace destination takes messages again; `down` is for how many seconds it did not",
              "destination",
              "down#"),
          EventDescription.of(
              EventNames.VERDICT_BAD,
              OWN,
              "a dialog settled with a bad verdict",
              "dialog",
              "callid",
              "rule",
              "title"),
          EventDescription.of(
              EventNames.SHARD_MOVED,
              OWN,
              "a shard of dialogs lives on another node now; `from` is empty when nobody had it",
              "shard",
              "from",
              "to"),
          EventDescription.of(
              EventNames.MEMBER_UP, OWN, "a node joined the cluster, or is heard again", "member"),
          EventDescription.of(
              EventNames.MEMBER_DOWN,
              OWN,
              "a node left the cluster, or is not heard any more",
              "member",
              "reason"),
          EventDescription.of(
              EventNames.ALERT,
              OWN,
              "an alert rule was crossed for its time, or no more; `state` is `raised` or"
                  + " `cleared`, `value` and `bound` are decimal numbers as texts",
              "name",
              "statistic",
              "value",
              "bound",
              "comparison",
              "state"),
          EventDescription.of(
              EventNames.LOG,
              CORE,
              "a line was logged",
              "time",
              "pid#",
              "level",
              "module?",
              "function?",
              "prefix?",
              "message"));

  /// Profiling and the log tell of nearly everything that is done: who watches has to name them.
  private static final Set<String> COSTLY =
      Set.of(EventNames.PROFILING_SCRIPT, EventNames.PROFILING_PROC, EventNames.LOG);

  /// What may come with every call or message; the operator's own and the script's may, too.
  private static final Set<String> OFTEN =
      Set.of(
          EventNames.THRESHOLD,
          EventNames.TCP_DISCONNECT,
          EventNames.DLG_STATE_CHANGED,
          EventNames.VERDICT_BAD);

  private static final Set<String> SELDOM =
      ALL.stream()
          .map(EventDescription::name)
          .filter(name -> !COSTLY.contains(name) && !OFTEN.contains(name))
          .collect(Collectors.toUnmodifiableSet());

  private EventCatalogue() {}

  /// Whether it costs much to tell of, so that nobody is told who did not name it.
  static boolean isCostly(String name) {
    return COSTLY.contains(name);
  }

  /// Whether it happens so seldom that it is remembered though nobody waits for it.
  static boolean isSeldom(String name) {
    return SELDOM.contains(name);
  }

  /// Empty for the operator's own and the script's.
  public static Optional<EventDescription> of(String name) {
    return ALL.stream().filter(one -> one.name().equals(name)).findFirst();
  }
}
