package io.sipscope.node.script.dispatcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sipscope.node.script.variables.VariableKind.Unusable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SetsTest {
  @Test
  void aListFileHasASetAndAUriALine() {
    var outcome =
        Sets.read(
            List.of(
                "# collectors",
                "1 sip:10.0.0.1:9060",
                "  2\tsip:10.0.0.2;transport=tcp 0 # spare",
                "1 sips:x",
                "",
                "one sip:x",
                "3 nose"));
    assertEquals(
        Map.of(1, List.of("sip:10.0.0.1:9060", "sips:x"), 2, List.of("sip:10.0.0.2;transport=tcp")),
        outcome.sets());
    assertEquals(
        List.of(
            "line 6: \"one sip:x\" (wanted: set sip:host:port)",
            "line 7: \"3 nose\" (wanted: set sip:host:port)"),
        outcome.errors());
  }

  @Test
  void aPatternHasToBeAVariable() {
    for (var wrong : List.of("load", "$nose(%u)", "$stat")) {
      assertThrows(Unusable.class, () -> Dispatcher.of(Map.of(), wrong), wrong);
    }
  }
}
