package io.sipscope.node.sources.ami;

import static io.sipscope.node.NodeApi.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.http.agents.SourceState;
import io.sipscope.http.agents.SourceState.Condition;
import io.sipscope.node.ingest.Messages;
import io.sipscope.node.sources.TestIngest;
import io.sipscope.protocol.capture.SourceKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AmiSourceTest {
  private static final String CALL_ID = "ami@example.com";
  private static final int THOUSAND = 1_000;

  private TestIngest ingest;
  private FakeAmi asterisk;
  private AmiSource source;

  @BeforeEach
  void open() throws IOException {
    ingest = new TestIngest();
    asterisk = new FakeAmi();
  }

  @AfterEach
  void close() throws IOException {
    if (source != null) {
      source.close().toCompletableFuture().join();
    }
    asterisk.close();
    ingest.close();
  }

  private void start(String password) {
    start(asterisk.port(), password);
  }

  private void start(int port, String password) {
    source =
        AmiSource.open(
            ingest.system(),
            new AmiSettings("127.0.0.1", port, FakeAmi.USER, password, Optional.empty()),
            ingest.ingest(),
            TestIngest::now);
  }

  private SourceState state() {
    return source.states().getFirst();
  }

  private static String message(int cseq) {
    return Messages.options(CALL_ID, cseq);
  }

  /// Each in another form.
  private static void log(Socket to, int cseq) throws IOException {
    var sip = message(cseq);
    var header = cseq % 2 == 0 ? Logs.sent(sip) : Logs.received(sip);
    FakeAmi.write(
        to,
        switch (cseq % 5) {
          case 0 -> Logs.rawInAnEvent(header, sip);
          case 1 -> Logs.linesOfAnEvent(header, sip);
          case 2 -> Logs.eventForEachLine(header, sip);
          case 3 -> Logs.output(header, sip);
          default -> Logs.escaped(header, sip);
        });
  }

  private void assertStored(int last) {
    eventually(
        () -> {
          assertEquals(
              IntStream.rangeClosed(1, last).mapToObj(AmiSourceTest::message).toList(),
              ingest.stored().stream().map(capture -> capture.sip().latin1()).toList());
          return null;
        });
  }

  @Test
  void whatAsteriskLogsIsStoredWithItsAddressesAndTime() throws Exception {
    start(FakeAmi.SECRET);
    var connection = asterisk.awaitLogin();
    log(connection, 1);
    log(connection, 2);
    assertStored(2);
    var received = ingest.stored().getFirst();
    assertEquals(SourceKind.AMI, received.kind());
    assertEquals("192.0.2.10:5060", received.source().toString());
    assertEquals("127.0.0.1:5060", received.destination().toString());
    assertEquals(1_795_279_200_250_000_000L, received.time());
    assertEquals("127.0.0.1:" + asterisk.port(), received.agent().name());
    var sent = ingest.stored().get(1);
    assertEquals("127.0.0.1:5060", sent.source().toString());
    assertEquals("192.0.2.10:5060", sent.destination().toString());
    assertEquals(Condition.UP, state().condition());
    assertEquals(2, state().received());
  }

  @Test
  void theLoggerIsSwitchedOnAndOffAgain() throws Exception {
    start(FakeAmi.SECRET);
    asterisk.awaitLogin();
    eventually(() -> assertUp());
    source.close().toCompletableFuture().join();
    assertEquals(
        List.of("pjsip show settings", "pjsip set logger on", "pjsip set logger off"),
        asterisk.commands());
    assertEquals("Logoff", asterisk.actions().getLast());
  }

  private boolean assertUp() {
    assertEquals(Condition.UP, state().condition());
    return true;
  }

  @Test
  void aLoggerThatWasOnStaysOn() throws Exception {
    asterisk.loggingByConfiguration();
    start(FakeAmi.SECRET);
    eventually(() -> assertUp());
    source.close().toCompletableFuture().join();
    assertEquals(List.of("pjsip show settings"), asterisk.commands());
  }

  @Test
  void aServerWithoutChallengeIsShownThePassword() throws Exception {
    asterisk.withoutChallenge();
    start(FakeAmi.SECRET);
    log(asterisk.awaitLogin(), 1);
    assertStored(1);
  }

  @Test
  void aWrongPasswordIsSaidInOneSentenceWithoutIt() {
    start("wrong-password");
    eventually(
        () -> {
          assertEquals(
              "Asterisk at 127.0.0.1:"
                  + asterisk.port()
                  + " does not let \"sipscope\" in (it says \"Authentication failed\"):"
                  + " sipscope.ami.username and .password must be those of its manager.conf."
                  + " It is tried again 15 s later.",
              state().detail());
          return null;
        });
    assertEquals(Condition.CONNECTING, state().condition());
    assertFalse(new AmiSettings("h", 1, "u", "pass", Optional.empty()).toString().contains("pass"));
  }

  @Test
  void aThousandMessagesAreCompleteAndInOrderAcrossARestartOfTheServer() throws Exception {
    start(FakeAmi.SECRET);
    var connection = asterisk.awaitLogin();
    for (int i = 1; i <= THOUSAND / 2; i++) {
      log(connection, i);
    }
    assertStored(THOUSAND / 2);
    asterisk.stop();
    eventually(
        () -> {
          assertTrue(state().detail().contains("It is tried again"), state().detail());
          return null;
        });
    asterisk.start();
    connection = asterisk.awaitLogin();
    for (int i = THOUSAND / 2 + 1; i <= THOUSAND; i++) {
      log(connection, i);
    }
    assertStored(THOUSAND);
    ingest.assertConserved(THOUSAND);
  }

  @Test
  void aMessageThatIsCutOffWithItsConnectionIsCounted() throws Exception {
    start(FakeAmi.SECRET);
    var connection = asterisk.awaitLogin();
    log(connection, 1);
    var sip = message(2);
    var cut = Logs.rawInAnEvent(Logs.received(sip), sip);
    FakeAmi.write(connection, cut.substring(0, cut.length() - 40));
    connection.close();
    log(asterisk.awaitLogin(), 2);
    assertStored(2);
    assertEquals(1, state().malformed());
    assertEquals(1, ingest.count("malformed_ami_cut_off"));
    ingest.assertConserved(3);
  }

  @Test
  void aServerThatIsNotThereYetIsFoundOnceItIs() throws Exception {
    asterisk.stop();
    start(FakeAmi.SECRET);
    eventually(
        () -> {
          assertTrue(state().detail().contains("cannot be reached"), state().detail());
          return null;
        });
    asterisk.start();
    log(asterisk.awaitLogin(), 1);
    assertStored(1);
  }

  @Test
  void whatIsNoManagerInterfaceIsSaid() throws Exception {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      start(silent.getLocalPort(), FakeAmi.SECRET);
      try (var socket = silent.accept()) {
        FakeAmi.write(socket, "220 mail.example.com ESMTP\r\n");
        eventually(
            () -> {
              assertTrue(
                  state().detail().contains("does not answer as a manager interface does"),
                  state().detail());
              return null;
            });
      }
    }
  }
}
