package io.sipscope.node.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.NodeApi;
import io.sipscope.node.TestNode;
import io.sipscope.persistence.trace.Proxied;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.hep.Hep.Packet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The examples of OpenSIPS's `siptrace`, as they are shipped and in the language of 3.x: to HEP, a
/// database and SIP at once.
class TutorialsIT {
  private static final int XLOG = 0x64;
  private static final int REST = 0x58;

  @TempDir private Path folder;
  private ThreeDestinations to;

  @BeforeEach
  void open() throws IOException {
    to = ThreeDestinations.open();
  }

  @AfterEach
  void close() throws IOException {
    to.close();
  }

  private TestNode start(String script, boolean isModern) throws IOException {
    return to.node(folder, isModern ? Tutorial.modern(script) : script, "");
  }

  private void observe(TestNode node, Proxied call) throws IOException {
    try (var socket = node.hepTcp()) {
      Tutorial.send(socket.getOutputStream(), call.captures());
      NodeApi.eventually(
          () -> {
            assertEquals(call.captures().size(), node.messages("call-1").size());
            return null;
          });
    }
  }

  private static List<String> payloads(List<Packet> packets) {
    return packets.stream().map(packet -> packet.payload().utf8()).toList();
  }

  /// What all three destinations have, in its order; nothing else comes.
  private void assertTraced(List<Bytes> messages, List<String> rows) {
    NodeApi.eventually(
        () -> {
          assertEquals(rows, to.rows());
          assertEquals(messages, to.packets(Packet.SIP).stream().map(Packet::payload).toList());
          assertEquals(messages, List.copyOf(to.datagrams()));
          return null;
        });
    assertTrue(to.hep().packets().stream().allMatch(one -> one.correlationId().equals("call-1")));
  }

  private static List<Bytes> bytes(Proxied call, int... which) {
    return Arrays.stream(which).mapToObj(i -> call.captures().get(i).sip()).toList();
  }

  private static final String CALLER = "udp 192.0.2.10 5060 udp 198.51.100.1 5060";
  private static final String TO_CALLER = "udp 198.51.100.1 5060 udp 192.0.2.10 5060";
  private static final String CALLEE = "udp 203.0.113.20 5080 udp 198.51.100.1 5060";
  private static final String TO_CALLEE = "udp 198.51.100.1 5060 udp 203.0.113.20 5080";
  private static final String END = " a1 call-1 osip_user@opensips.org";

  /// The thirteen messages of an answered call, as OpenSIPS writes them.
  private static final List<String> THIRTEEN =
      List.of(
          "in INVITE  " + CALLER + END,
          "out INVITE 100 " + TO_CALLER + END,
          "out INVITE  " + TO_CALLEE + END,
          "in INVITE 180 " + CALLEE + END,
          "out INVITE 180 " + TO_CALLER + END,
          "in INVITE 200 " + CALLEE + END,
          "out INVITE 200 " + TO_CALLER + END,
          "in ACK  " + CALLER + END,
          "out ACK  " + TO_CALLEE + END,
          "in BYE  " + CALLER + END,
          "out BYE  " + TO_CALLEE + END,
          "in BYE 200 " + CALLEE + END,
          "out BYE 200 " + TO_CALLER + END);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aDialogIsTracedWholeWithWhatIsLoggedForIt(boolean isModern) throws IOException {
    var call = Proxied.answeredCall();
    try (var node = start(Tutorial.script("trace-dialog.cfg"), isModern)) {
      observe(node, call);
      assertTraced(call.captures().stream().map(one -> one.sip()).toList(), THIRTEEN);
      var line = "INFO:call call-1 of alice to bob\n";
      assertEquals(List.of(line, line), payloads(to.packets(XLOG))); // the INVITE in, and out
      assertEquals(15, to.hep().packets().size());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theFirstInviteAndTheByeAreTracedByThemselves(boolean isModern) throws IOException {
    var call = Proxied.answeredCall();
    try (var node = start(Tutorial.script("trace-invite-bye.cfg"), isModern)) {
      observe(node, call);
      assertTraced(
          bytes(call, 0, 2, 9, 10),
          List.of(THIRTEEN.get(0), THIRTEEN.get(2), THIRTEEN.get(9), THIRTEEN.get(10)));
      assertEquals(4, to.hep().packets().size());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ofTheTransactionIsTracedWhatTheScriptLogsAndAsks(boolean isModern) throws IOException {
    try (var web = WebServer.open();
        var node =
            start(
                Tutorial.script("trace-transaction.cfg").replace("192.0.2.4:8080", web.address()),
                isModern)) {
      observe(node, Proxied.answeredCall());
      var asked = "GET /users/alice HTTP/1.1";
      var answered = "HTTP/1.1 200 OK:taken";
      NodeApi.eventually(
          () -> {
            assertEquals(
                List.of(answered, answered, asked, asked),
                payloads(to.packets(REST)).stream().sorted(Comparator.reverseOrder()).toList());
            assertEquals(
                List.of(
                    "INFO:asking about alice\n",
                    "NOTICE:100 of call-1\n",
                    "INFO:asking about alice\n",
                    "NOTICE:180 of call-1\n",
                    "NOTICE:180 of call-1\n",
                    "NOTICE:200 of call-1\n",
                    "NOTICE:200 of call-1\n"),
                payloads(to.packets(XLOG)));
            return null;
          });
      assertTraced(List.of(), List.of());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRegisterIsTracedWithItsChallenge(boolean isModern) throws IOException {
    var call =
        new Proxied()
            .requestIn("REGISTER", 1, "")
            .replyOut("401 Unauthorized", 1, "REGISTER", "b1")
            .requestIn("OPTIONS", 2, "")
            .replyOut("200 OK", 2, "OPTIONS", "b1");
    try (var node = start(Tutorial.script("trace-register.cfg"), isModern)) {
      observe(node, call);
      assertTraced(
          bytes(call, 0, 1),
          List.of("in REGISTER  " + CALLER + END, "out REGISTER 401 " + TO_CALLER + END));
      assertEquals(2, to.hep().packets().size());
    }
  }
}
