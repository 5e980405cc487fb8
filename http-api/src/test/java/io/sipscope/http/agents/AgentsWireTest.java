package io.sipscope.http.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sipscope.http.SeenAgents;
import io.sipscope.persistence.wire.Unreadable;
import java.util.Arrays;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AgentsWireTest {
  private static final ActorTestKit KIT = ActorTestKit.create();

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  /// As the configuration binds it.
  private static SerializerWithStringManifest wire(Object value) {
    return (SerializerWithStringManifest)
        SerializationExtension.get(KIT.system()).findSerializerFor(value);
  }

  static NodeReport[] reports() {
    return new NodeReport[] {SeenAgents.OF_THE_FIRST, SeenAgents.OF_THE_SECOND};
  }

  @ParameterizedTest
  @MethodSource("reports")
  void whatIsWrittenIsReadBack(NodeReport report) throws Exception {
    var wire = wire(report);
    assertEquals(report, wire.fromBinary(wire.toBinary(report), wire.manifest(report)));
  }

  @ParameterizedTest
  @MethodSource("reports")
  void whatWasCutShortIsUnreadable(NodeReport report) {
    var wire = wire(report);
    var bytes = wire.toBinary(report);
    for (int length = 0; length < bytes.length; length++) {
      var cut = Arrays.copyOf(bytes, length);
      assertThrows(Unreadable.class, () -> wire.fromBinary(cut, wire.manifest(report)));
    }
  }

  @Test
  void aQuestionIsAnsweredWhereItCameFrom() throws Exception {
    var probe = KIT.<NodeReport>createTestProbe();
    var ask = new AgentDesk.Ask(probe.ref());
    var wire = wire(ask);
    var read = (AgentDesk.Ask) wire.fromBinary(wire.toBinary(ask), wire.manifest(ask));
    read.replyTo().tell(SeenAgents.OF_THE_FIRST);
    assertEquals(SeenAgents.OF_THE_FIRST, probe.receiveMessage());
  }

  @Test
  void aDeskTellsWhatItsNodeTakesIn() {
    var probe = KIT.<NodeReport>createTestProbe();
    KIT.spawn(AgentDesk.create(() -> SeenAgents.OF_THE_SECOND))
        .tell(new AgentDesk.Ask(probe.ref()));
    assertEquals(SeenAgents.OF_THE_SECOND, probe.receiveMessage());
  }
}
