package io.sipscope.node.observed;

import static io.sipscope.node.cluster.Peers.Condition.UNREACHABLE;
import static io.sipscope.node.cluster.Peers.Condition.UP;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.node.cluster.Peers;
import io.sipscope.persistence.events.Event.Value.Text;
import io.sipscope.persistence.events.EventNames;
import io.sipscope.persistence.events.Events;
import io.sipscope.persistence.statistics.Counters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemberWatchTest {
  private final List<String> told = new ArrayList<>();
  private final Events events =
      new Events(new EventNames(List.of()), (_, _) -> {}, new Counters(), () -> 0);
  private final MemberWatch watch = new MemberWatch(events);

  MemberWatchTest() {
    events.routes(
        () -> Set.of(EventNames.MEMBER_UP, EventNames.MEMBER_DOWN),
        event -> {
          var words = new ArrayList<String>(List.of(event.name().substring("E_MEMBER_".length())));
          event.parameters().forEach(one -> words.add(((Text) one.value()).text()));
          told.add(String.join(" ", words));
        });
  }

  private void sees(boolean isSpeaker, Map<String, Peers.Condition> members) {
    watch.look(new Peers(true, isSpeaker, members, Set.of()));
  }

  @Test
  void whoCameAfterThisNodeIsToldThoughItIsThereAtTheFirstLook() {
    watch.look(new Peers(true, true, Map.of("a", UP, "b", UP), Set.of("b")));
    watch.look(new Peers(true, true, Map.of("a", UP, "b", UP), Set.of("b")));
    assertEquals(List.of("UP b"), told);
  }

  @Test
  void whoIsThereFromTheStartIsNoNews() {
    watch.look(new Peers(false, false, Map.of("b", UP), Set.of()));
    sees(true, Map.of("a", UP, "b", UP));
    sees(true, Map.of("a", UP, "b", UP));
    assertEquals(List.of(), told);
  }

  @Test
  void eachChangeIsToldOnce() {
    sees(true, Map.of("a", UP));
    sees(true, Map.of("a", UP, "b", UP));
    sees(true, Map.of("a", UP, "b", UNREACHABLE));
    sees(true, Map.of("a", UP, "b", UNREACHABLE));
    sees(true, Map.of("a", UP, "b", UP));
    sees(true, Map.of("a", UP));
    assertEquals(List.of("UP b", "DOWN b unreachable", "UP b", "DOWN b left"), told);
  }

  @Test
  void whoWasNotHeardOfAndIsTakenOutHasBeenTold() {
    sees(true, Map.of("a", UP, "b", UP));
    sees(true, Map.of("a", UP, "b", UNREACHABLE));
    sees(true, Map.of("a", UP));
    assertEquals(List.of("DOWN b unreachable"), told);
  }

  @Test
  void whoIsNotToTellKnowsAllTheSame() {
    sees(false, Map.of("a", UP, "b", UP));
    sees(false, Map.of("a", UP, "b", UP, "c", UP));
    sees(true, Map.of("a", UP, "b", UNREACHABLE, "c", UP));
    assertEquals(List.of("DOWN b unreachable"), told);
  }
}
