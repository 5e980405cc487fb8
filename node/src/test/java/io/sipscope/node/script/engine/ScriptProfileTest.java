package io.sipscope.node.script.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.node.script.compile.Script;
import io.sipscope.node.script.compile.ScriptReader;
import io.sipscope.node.script.dispatcher.Dispatcher;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.tree.Position;
import io.sipscope.persistence.events.Event;
import io.sipscope.persistence.events.EventNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ScriptProfileTest {
  private static final String SCRIPT =
      """
      timer_route[tick, 10] {
        $var(i) = 0;
        while ($var(i) < 3) {
          $var(i) = $var(i) + 1;
        }
        route(inner);
        exit;
      }
      route[inner] {
        return(7);
      }
      event_route[E_PROFILING_SCRIPT] {
        $var(i) = 0;
      }
      """;

  private final List<String> told = new ArrayList<>();
  private final ScriptProfile profile =
      new ScriptProfile(event -> told.add(shown(event.get())), () -> 12_000_345_678L);

  private static String shown(Event event) {
    return event.parameters().stream()
        .map(
            parameter ->
                parameter.name()
                    + "="
                    + switch (parameter.value()) {
                      case Event.Value.Text(var text) -> text;
                      case Event.Value.Whole(var number) -> Long.toString(number);
                    })
        .collect(Collectors.joining(" "));
  }

  private io.sipscope.node.script.compile.Program program() {
    var registry = PolicyLanguage.registry(_ -> true, Dispatcher.none());
    var script = (Script) ScriptReader.read("policy.cfg", SCRIPT, registry);
    return script.program(
        (at, sentence) -> {
          throw new AssertionError(at + ": " + sentence);
        },
        profile);
  }

  private static Run run() {
    return new Run(Optional.empty(), new QuietWorld(), 1_000);
  }

  @Test
  void aRunIsToldFromItsStartToItsEndWithTheRoutesInIt() {
    var program = program();
    program.timers().getFirst().routine().run(run());
    var common = "sec=12 usec=345 session=1 verb=";
    assertEquals(
        List.of(
            common + "start name=tick type=128 depth=1",
            common + "enter name=tick type=128 depth=1 file=policy.cfg line=1",
            common + "enter name=inner type=128 depth=2 file=policy.cfg line=9",
            common + "exit name=inner type=128 depth=2 file=policy.cfg line=9 status=7",
            common + "exit name=tick type=128 depth=1 file=policy.cfg line=1 status=0",
            common + "end name=tick type=128 depth=1 status=0"),
        told);
  }

  @Test
  void whatGoesOnLaterIsAnotherRun() {
    var at = Position.of("policy.cfg");
    var run = run();
    profile.enter(run, "route", "", at);
    profile.enter(run.goneOn(), "route", "resumed", at);
    var common = "sec=12 usec=345 session=2 verb=";
    assertEquals(
        List.of(
            common + "start name=resumed type=1 depth=1",
            common + "enter name=resumed type=1 depth=1 file=policy.cfg line=1"),
        told.subList(2, told.size()));
  }

  @Test
  void linesAreCountedWithEachTimeTheyRan() {
    program().timers().getFirst().routine().run(run());
    assertEquals(Map.of(2, 1L, 3, 1L, 4, 3L, 6, 1L, 7, 1L, 10, 1L), profile.hits());
    profile.forget();
    assertEquals(Map.of(), profile.hits());
  }

  @Test
  void theRouteOfTheseEventsIsNotToldByThem() {
    program().event(EventNames.PROFILING_SCRIPT).orElseThrow().run(run());
    assertEquals(List.of(), told);
    assertEquals(Map.of(13, 1L), profile.hits());
  }
}
