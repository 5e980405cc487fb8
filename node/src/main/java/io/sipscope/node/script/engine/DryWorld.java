package io.sipscope.node.script.engine;

import io.sipscope.http.script.BackTest.Line;
import io.sipscope.node.script.dispatcher.HepRelay;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.Subject;
import io.sipscope.node.script.value.Value;
import io.sipscope.persistence.events.Event;
import io.sipscope.persistence.statistics.ClusterStatistics;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.PolicyStatistics;
import io.sipscope.persistence.statistics.StatisticsSettings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/// What a script finds in a back-test: nothing outside changes, and what it would have done is
/// counted. Statistics begin at 0; those that the script does not count are the node's. Requests
/// are sent to nobody and so never answered. Used by one thread.
final class DryWorld implements CountedWorld {
  private static final String OTHERS = "(others)";
  private static final int NANOS_OF_A_MILLI = 1_000_000;

  private final Counters counters = new Counters();
  private final PolicyStatistics statistics;
  private final PolicyStatistics live;
  private final Map<String, Value> shared = new ConcurrentHashMap<>();
  private final Tally<String> events = new Tally<>(OTHERS);
  private final Tally<String> relayed = new Tally<>(OTHERS);
  private final Tally<String> requests = new Tally<>(OTHERS);
  private final Tally<Said> log = new Tally<>(new Said("", OTHERS));
  private long now;

  private record Said(String level, String line) {}

  /// @param settings what the configuration and the script declare
  /// @param live the node's, to be read
  DryWorld(StatisticsSettings settings, PolicyStatistics live) {
    this.live = live;
    statistics =
        new PolicyStatistics(
            counters,
            ClusterStatistics.alone(counters),
            settings,
            () -> Math.floorDiv(now, NANOS_OF_A_MILLI));
  }

  /// @param time nanoseconds since the epoch: that of the message that is looked at
  void at(long time) {
    now = time;
  }

  @Override
  public PolicyStatistics counted() {
    return statistics;
  }

  @Override
  public OptionalLong statistic(String name) {
    var own = statistics.read(name);
    return own.isPresent() ? own : live.read(name);
  }

  @Override
  public void log(int level, String line, Run run) {
    log.count(new Said(XLog.name(level), XLog.oneLine(line)));
  }

  @Override
  public boolean raise(Event event) {
    events.count(event.name());
    return true;
  }

  @Override
  public boolean relay(Subject subject, String destination) {
    if (HepRelay.destination(destination).isEmpty()) {
      return false;
    }
    relayed.count(destination);
    return true;
  }

  @Override
  public CompletionStage<Response> ask(Request request) {
    requests.count(withoutSecrets(request.uri()));
    return new CompletableFuture<>();
  }

  /// Nobody's password is shown to whoever runs a back-test.
  private static String withoutSecrets(URI uri) {
    return uri.getRawUserInfo() == null
        ? uri.toString()
        : uri.toString().replaceFirst("//[^@/]*@", "//");
  }

  /// What waits for an answer does not go on.
  @Override
  public boolean whenIn(CompletionStage<?> answer, Runnable rest) {
    return true;
  }

  @Override
  public boolean mayWait() {
    return false;
  }

  @Override
  public Map<String, Value> shared() {
    return shared;
  }

  @Override
  public long now() {
    return now;
  }

  /// By `group:name`; without those that are 0.
  Map<String, Long> statistics() {
    var counted = new TreeMap<String, Long>();
    counters
        .read()
        .forEach(
            (name, value) -> {
              if (value != 0) {
                counted.put(name.toString(), value);
              }
            });
    return counted;
  }

  Map<String, Long> events() {
    return events.counts();
  }

  Map<String, Long> relayed() {
    return relayed.counts();
  }

  Map<String, Long> requests() {
    return requests.counts();
  }

  List<Line> log() {
    return log.counts().entrySet().stream()
        .map(entry -> new Line(entry.getKey().level(), entry.getKey().line(), entry.getValue()))
        .toList();
  }
}
