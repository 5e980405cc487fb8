package io.sipscope.persistence.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The events as raised are those of the catalogue.
class EventCatalogueTest {
  private static final List<String> IDS_OF_OPENSIPS =
      List.of(
          "E_CORE_SR_STATUS_CHANGED",
          "E_CORE_THRESHOLD",
          "E_CORE_SHM_THRESHOLD",
          "E_CORE_PKG_THRESHOLD",
          "E_CORE_PROC_AUTO_SCALE",
          "E_CORE_TCP_DISCONNECT",
          "E_PROFILING_SCRIPT",
          "E_PROFILING_PROC",
          "E_DLG_STATE_CHANGED");

  @Test
  void idsOfTheCoreAreThoseOfOpenSips() {
    assertEquals(
        IDS_OF_OPENSIPS, new EventNames(List.of()).all().subList(0, IDS_OF_OPENSIPS.size()));
  }

  @Test
  void theLogIsRegisteredLastAndOnlyWhenItRaisesEvents() {
    assertEquals("E_CORE_LOG", new EventNames(List.of("E_MINE")).all().getLast());
    assertEquals("E_MINE", new EventNames(List.of("E_MINE"), /* log */ false).all().getLast());
  }

  static Stream<Event> made() {
    var whole =
        new CoreEvents.Step(
            1, "exit", "<root>", 1, 1, Optional.of("a.cfg"), OptionalInt.of(7), OptionalInt.of(1));
    return Stream.of(
        CoreEvents.threshold("dns", 7, "example.org"),
        CoreEvents.heap(91, 90, 91, 100),
        CoreEvents.directBuffers(91, 90, 91, 100, 42),
        CoreEvents.autoScale("UDP", "udp:127.0.0.1:5060", 80, true, 3, 42),
        CoreEvents.profiling(EventNames.PROFILING_SCRIPT, 1_000_001, whole),
        CoreEvents.profiling(EventNames.PROFILING_PROC, 1_000_001, whole),
        CoreEvents.log(
            "Nov 20 23:28:16",
            42,
            "INFO",
            Optional.of("io.sipscope.node.Node"),
            Optional.of("start"),
            Optional.of("a"),
            "hello"),
        OwnEvents.agentLost("a", 1),
        OwnEvents.agentBack("a", 1),
        OwnEvents.agentRefused("192.0.2.1:9", "a", "key", 1),
        OwnEvents.captureDrops("dropped_queue_full", 1, 2),
        OwnEvents.traceDestinationDown("a", "refused"),
        OwnEvents.traceDestinationUp("a", 1),
        OwnEvents.verdictBad("k", "c", "r", "t"),
        OwnEvents.shardMoved("1", "a", "b"),
        OwnEvents.memberUp("a"),
        OwnEvents.memberDown("a", "left"),
        OwnEvents.alert("a", "core:x", "1", "2", "above", true));
  }

  @ParameterizedTest
  @MethodSource("made")
  void anEventHasTheParametersOfItsDescription(Event event) {
    var described = EventCatalogue.of(event.name()).orElseThrow().parameters();
    assertEquals(
        described.stream().map(EventDescription.Parameter::name).toList(),
        event.parameters().stream().map(Event.Parameter::name).toList());
    for (int i = 0; i < described.size(); i++) {
      assertEquals(
          described.get(i).whole(),
          event.parameters().get(i).value() instanceof Event.Value.Whole,
          event.name() + " " + described.get(i).name());
    }
  }

  @Test
  void whatMayBeMissingIsLeftOut() {
    var step =
        new CoreEvents.Step(
            1, "start", "<root>", 1, 0, Optional.empty(), OptionalInt.empty(), OptionalInt.empty());
    var event = CoreEvents.profiling(EventNames.PROFILING_SCRIPT, 1_000_001, step);
    var missing =
        EventCatalogue.of(event.name()).orElseThrow().parameters().stream()
            .filter(EventDescription.Parameter::optional)
            .map(EventDescription.Parameter::name)
            .toList();
    assertEquals(List.of("file", "line", "status"), missing);
    assertTrue(event.parameters().stream().noneMatch(one -> missing.contains(one.name())));
  }
}
