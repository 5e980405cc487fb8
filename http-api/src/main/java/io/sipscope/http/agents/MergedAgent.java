package io.sipscope.http.agents;

import io.sipscope.http.agents.AgentState.Counts;
import io.sipscope.http.agents.AgentState.Gap;
import io.sipscope.http.agents.AgentState.Identity;
import io.sipscope.http.agents.AgentState.Link;
import io.sipscope.http.agents.AgentState.Silences;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/// One agent as all nodes know it. What each counted is added up; of what cannot be added, that of
/// the node which heard it last counts.
///
/// @param node the one that heard it last; empty = none did
/// @param nodes those that heard it
record MergedAgent(AgentState state, String node, List<String> nodes) {
  private static final int LATEST_GAPS = 10;

  private record Heard(String node, AgentState state) {
    long lastAt() {
      return state.lastAt().orElse(Long.MIN_VALUE);
    }
  }

  /// In the order of their names.
  static List<MergedAgent> of(List<NodeReport> reports) {
    var byIdentity = new HashMap<Identity, List<Heard>>();
    for (var report : reports) {
      for (var agent : report.agents()) {
        byIdentity
            .computeIfAbsent(agent.identity(), _ -> new ArrayList<>())
            .add(new Heard(report.node(), agent));
      }
    }
    return byIdentity.values().stream()
        .map(MergedAgent::merged)
        .filter(agent -> !isTheShadowOfAnother(agent, byIdentity.values()))
        .sorted(
            Comparator.comparing((MergedAgent agent) -> agent.state().identity().text())
                .thenComparing(agent -> agent.state().identity().id()))
        .toList();
  }

  /// A node that did not hear a listed agent shows it as the configuration has it, which may say
  /// less of it than the agent itself tells another node.
  private static boolean isTheShadowOfAnother(MergedAgent agent, Iterable<List<Heard>> all) {
    var mine = agent.state().identity();
    if (agent.state().lastAt().isPresent() || agent.state().counts().droppedInAll() > 0) {
      return false;
    }
    for (var heard : all) {
      var other = heard.getFirst().state().identity();
      boolean sameName = mine.name().isEmpty() || mine.name().equals(other.name());
      boolean sameId = mine.id() == 0 || mine.id() == other.id();
      if (!other.equals(mine) && other.listed() && sameName && sameId) {
        return true;
      }
    }
    return false;
  }

  private static MergedAgent merged(List<Heard> heard) {
    var latest = heard.stream().max(Comparator.comparingLong(Heard::lastAt)).orElseThrow();
    var states = heard.stream().map(Heard::state).toList();
    var last = latest.state();
    var state =
        new AgentState(
            last.identity(),
            link(last.link(), states),
            counts(states),
            silences(states),
            states.stream().flatMapToLong(one -> one.firstAt().stream()).min(),
            last.lastAt(),
            last.clockOffset(),
            states.stream().mapToDouble(AgentState::rate).sum());
    var nodes =
        heard.stream()
            .filter(one -> one.state().lastAt().isPresent())
            .map(Heard::node)
            .sorted()
            .toList();
    return new MergedAgent(state, nodes.isEmpty() ? "" : latest.node(), nodes);
  }

  private static Link link(Link last, List<AgentState> states) {
    var addresses = new LinkedHashSet<String>();
    states.forEach(one -> addresses.addAll(one.link().addresses()));
    return new Link(
        last.carrier(),
        last.address(),
        List.copyOf(addresses),
        last.version(),
        last.authenticated(),
        states.stream().mapToLong(one -> one.link().disconnects()).sum());
  }

  private static Counts counts(List<AgentState> states) {
    Map<String, Long> dropped = new TreeMap<>();
    long packets = 0;
    long stored = 0;
    long notSip = 0;
    long malformed = 0;
    for (var one : states) {
      var counts = one.counts();
      packets += counts.packets();
      stored += counts.stored();
      notSip += counts.notSip();
      malformed += counts.malformed();
      counts.dropped().forEach((reason, count) -> dropped.merge(reason, count, Long::sum));
    }
    return new Counts(packets, stored, notSip, malformed, dropped);
  }

  /// It is silent when no node hears it; that began when the last one heard it.
  private static Silences silences(List<AgentState> states) {
    long gaps = states.stream().mapToLong(one -> one.silences().gaps()).sum();
    var latest =
        states.stream()
            .flatMap(one -> one.silences().latest().stream())
            .sorted(Comparator.comparingLong(Gap::start))
            .toList();
    var heard = states.stream().filter(one -> one.lastAt().isPresent()).toList();
    boolean isSilent =
        !heard.isEmpty() && heard.stream().allMatch(one -> one.silences().since().isPresent());
    return new Silences(
        gaps,
        latest.subList(Math.max(0, latest.size() - LATEST_GAPS), latest.size()),
        isSilent ? since(heard.stream()) : OptionalLong.empty());
  }

  private static OptionalLong since(Stream<AgentState> silent) {
    return silent.flatMapToLong(one -> one.silences().since().stream()).max();
  }
}
