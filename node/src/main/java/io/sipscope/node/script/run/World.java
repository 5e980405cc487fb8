package io.sipscope.node.script.run;

import io.sipscope.node.script.value.Value;
import io.sipscope.persistence.events.Event;
import io.sipscope.persistence.statistics.PolicyStatistics.Outcome;
import io.sipscope.persistence.statistics.StatisticIterator;
import java.net.URI;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/// What a script can do outside itself. A back-test has another one, which changes nothing and
/// remembers what would have been done. Nothing here blocks or throws.
public interface World {
  /// `update_stat`, `reset_stat`, `update_stat_series`, as
  /// [io.sipscope.persistence.statistics.PolicyStatistics] has them.
  Outcome update(String statistic, long by);

  Outcome reset(String statistic);

  /// `reset_stat` of what an iterator gave.
  ///
  /// @param read what it was then
  default Outcome take(String statistic, long read) {
    return reset(statistic);
  }

  Outcome updateSeries(String profile, String name, int value);

  /// `$stat(name)`; empty for what is unknown.
  OptionalLong statistic(String name);

  /// `stat_iter_init`.
  StatisticIterator iterate(String group);

  /// `xlog`.
  ///
  /// @param level as OpenSIPS numbers them: -3 ALERT, -2 CRIT, -1 ERR, 1 WARN, 2 NOTICE, 3 INFO,
  ///     4 DBG
  void log(int level, String line, Run run);

  /// `raise_event`.
  ///
  /// @return false when the event is unknown
  boolean raise(Event event);

  /// `hep_relay`: sends the message as HEP to a destination.
  ///
  /// @param destination a SIP URI, as `$du` has it
  /// @return false when it is no destination, or there is no room for it
  boolean relay(Subject subject, String destination);

  /// `rest_get`, `rest_post`. Never completes exceptionally.
  CompletionStage<Response> ask(Request request);

  /// Whether the caller may wait for [#ask]: not while a message is being stored.
  boolean mayWait();

  /// `async`, `launch`: does the rest of a script once an answer is in, on a thread that may wait.
  ///
  /// @param answer never completes exceptionally
  /// @return false when as many wait as there is room for; then `rest` never runs
  default boolean whenIn(CompletionStage<?> answer, Runnable rest) {
    return false;
  }

  /// The same world for a run that has a thread of its own, and so may wait.
  default World waiting() {
    return this;
  }

  /// What survives a run: `$shv(x)`, and the state of modules, by name.
  Map<String, Value> shared();

  /// Nanoseconds since the epoch.
  long now();

  /// @param method `GET` or `POST`
  /// @param body empty for GET
  /// @param contentType empty = by the library
  record Request(String method, URI uri, String body, String contentType) {}

  /// @param status of HTTP; 0 when there was no answer
  /// @param failure one sentence, when there was none
  record Response(int status, String contentType, String body, String failure) {}
}
