package io.sipscope.node.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Whole scripts over one message, and what came of them.
class WholeScriptsTest {
  private static final String INVITE =
      """
      INVITE sip:bob@example.com SIP/2.0
      Via: SIP/2.0/UDP 10.0.0.9;branch=z9hG4bKtop
      From: <sip:alice@example.com>;tag=f
      To: <sip:bob@example.com>
      Call-ID: c1
      CSeq: 42 INVITE
      X-Odd: a/b[0]

      """;

  private final TestWorld world = new TestWorld();

  private List<String> said(String statements) {
    var script = Scripted.of("route {\n" + statements + "\n}");
    script.run(world, TestWorld.subject(INVITE));
    assertEquals(List.of(), script.failures);
    return world.lines;
  }

  @Test
  void aVariableInAPathIsAName() {
    assertEquals(
        List.of("3 {\"a/b[0]\":1,\"xa/b[0]y\":2}", "3 1"),
        said(
            """
            $json(all) := "{}";
            $json(all/$hdr(X-Odd)) = 1;
            $json(all/x$(hdr(X-Odd))y) = 2;
            xlog("L_INFO", "$json(all)");
            xlog("L_INFO", "$json(all/$hdr(X-Odd))");
            """));
  }

  @Test
  void anIndexMayBeAVariable() {
    assertEquals(
        List.of("3 two <null>"),
        said(
            """
            $json(list) := "[\\"one\\", \\"two\\"]";
            $var(i) = 1;
            xlog("L_INFO", "$json(list[$var(i)]) $(json(list)[2])");
            """));
  }
}
