package io.sipscope.node.script;

import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.Subject;
import io.sipscope.node.script.run.World;
import io.sipscope.node.script.value.Value;
import io.sipscope.persistence.events.Event;
import io.sipscope.persistence.statistics.PolicyStatistics;
import io.sipscope.persistence.statistics.PolicyStatistics.Done;
import io.sipscope.persistence.statistics.PolicyStatistics.Outcome;
import io.sipscope.persistence.statistics.PolicyStatistics.Refused;
import io.sipscope.persistence.statistics.StatisticIterator;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Transport;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A world that remembers what a script did to it.
public final class TestWorld implements World {
  /// 2026-11-21T20:15:04.123456789Z
  public static final long NOW = 1_795_292_104_123_456_789L;

  public final Map<String, Long> statistics = new HashMap<>();
  public final List<String> lines = new ArrayList<>();
  public final List<Event> events = new ArrayList<>();
  public final List<String> relayed = new ArrayList<>();
  public final List<Request> requests = new ArrayList<>();

  /// What the rest of a run threw when it went on.
  public final List<Throwable> broken = new ArrayList<>();

  public boolean mayWait = true;
  public boolean hasRoom = true;
  public CompletableFuture<Response> response =
      CompletableFuture.completedFuture(new Response(200, "text/plain", "fine", ""));
  private final Map<String, Value> shared = new HashMap<>();
  private final Optional<PolicyStatistics> policy;

  public TestWorld() {
    policy = Optional.empty();
  }

  /// Counts for real.
  public TestWorld(PolicyStatistics policy) {
    this.policy = Optional.of(policy);
  }

  public Run run() {
    return new Run(Optional.empty(), this, 1_000);
  }

  public Run run(Subject subject) {
    return new Run(Optional.of(subject), this, 1_000);
  }

  /// Whatever the lines end with, on the wire they end with CRLF.
  public static Subject subject(String sip) {
    return subject(Bytes.of(sip.replace("\n", "\r\n"))).orElseThrow();
  }

  /// Empty when the bytes are no SIP message.
  public static Optional<Subject> subject(Bytes bytes) {
    return SipParser.parse(bytes) instanceof SipMessage message
        ? Optional.of(new Subject(message, capture(bytes), "key-1", "carrier"))
        : Optional.empty();
  }

  private static Capture capture(Bytes bytes) {
    return new Capture(
        NOW,
        NOW,
        Transport.TCP,
        Endpoint.parse("10.0.0.1:5060").orElseThrow(),
        Endpoint.parse("[2001:db8::2]:5070").orElseThrow(),
        new Agent(2001, "edge"),
        "correlated",
        SourceKind.HEP,
        bytes);
  }

  @Override
  public Outcome update(String statistic, long by) {
    if (policy.isPresent()) {
      return policy.get().update(statistic, by);
    }
    if (statistic.startsWith("unknown:")) {
      return new Refused("no such group");
    }
    statistics.merge(statistic, by, Long::sum);
    return new Done();
  }

  @Override
  public Outcome reset(String statistic) {
    if (policy.isPresent()) {
      return policy.get().reset(statistic);
    }
    return statistics.computeIfPresent(statistic, (_, _) -> 0L) == null
        ? new Refused("unknown statistic \"" + statistic + "\"")
        : new Done();
  }

  @Override
  public Outcome updateSeries(String profile, String name, int value) {
    return update(profile + "/" + name, value);
  }

  @Override
  public OptionalLong statistic(String name) {
    if (policy.isPresent()) {
      return policy.get().read(name);
    }
    var value = statistics.get(name);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  @Override
  public StatisticIterator iterate(String group) {
    return policy.orElseThrow().iterate(group);
  }

  @Override
  public void log(int level, String line, Run run) {
    lines.add(level + " " + line);
  }

  @Override
  public boolean raise(Event event) {
    return event.name().startsWith("E_") && events.add(event);
  }

  @Override
  public boolean relay(Subject subject, String destination) {
    return destination.startsWith("sip:") && relayed.add(destination);
  }

  @Override
  public CompletionStage<Response> ask(Request request) {
    requests.add(request);
    return response;
  }

  @Override
  public boolean mayWait() {
    return mayWait;
  }

  @Override
  public boolean whenIn(CompletionStage<?> answer, Runnable rest) {
    var _ =
        answer
            .thenRun(rest)
            .whenComplete(
                (_, thrown) -> {
                  if (thrown != null) {
                    broken.add(thrown);
                  }
                });
    return hasRoom;
  }

  @Override
  public Map<String, Value> shared() {
    return shared;
  }

  @Override
  public long now() {
    return NOW;
  }
}
