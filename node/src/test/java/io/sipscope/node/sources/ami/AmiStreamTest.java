package io.sipscope.node.sources.ami;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.ingest.Messages;
import io.sipscope.protocol.net.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AmiStreamTest {
  private static final String OPTIONS = Messages.options("a84b4c76e66710@example.com");
  private static final String BODY =
      "v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\ns=-\r\nc=IN IP4 10.0.0.1\r\n";
  private static final String INVITE =
      """
      INVITE sip:bob@example.com SIP/2.0
      Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK1
      From: <sip:alice@example.com>;tag=a
      To: <sip:bob@example.com>
      Event: presence
      Call-ID: invite@example.com
      CSeq: 1 INVITE
      Content-Type: application/sdp
      Content-Length: %d

      """
              .formatted(BODY.length())
              .replace("\n", "\r\n")
          + BODY;

  private static final class Heard implements AmiStream.Listener {
    final List<String> banners = new ArrayList<>();
    final List<List<String>> answers = new ArrayList<>();
    final List<LoggedMessage> messages = new ArrayList<>();
    final List<String> cuts = new ArrayList<>();

    @Override
    public void greeted(String banner) {
      banners.add(banner);
    }

    @Override
    public void answered(List<String> lines) {
      answers.add(lines);
    }

    @Override
    public void message(LoggedMessage message) {
      messages.add(message);
    }

    @Override
    public void cut(String reason, String detail) {
      cuts.add(reason);
    }

    List<String> sip() {
      return messages.stream().map(message -> message.sip().latin1()).toList();
    }
  }

  private static Heard heard(String text) {
    var heard = new Heard();
    var stream = new AmiStream(heard);
    var bytes = text.getBytes(ISO_8859_1);
    stream.feed(bytes, 0, bytes.length);
    stream.end();
    return heard;
  }

  static Stream<String> forms() {
    return Stream.of(OPTIONS, INVITE)
        .flatMap(
            sip ->
                Stream.of(Logs.received(sip), Logs.sent(sip))
                    .flatMap(
                        header ->
                            Stream.of(
                                Logs.rawInAnEvent(header, sip),
                                Logs.rawInAnEvent(header, sip).replace("\r\n", "\n"),
                                Logs.linesOfAnEvent(header, sip),
                                Logs.eventForEachLine(header, sip),
                                Logs.output(header, sip),
                                Logs.escaped(header, sip),
                                header + "\r\n" + sip + "\r\n")));
  }

  private static String wanted(String form) {
    return form.contains("INVITE") ? INVITE : OPTIONS;
  }

  @ParameterizedTest
  @MethodSource("forms")
  void aMessageIsPutTogetherToTheByteInWhateverFormItComes(String form) {
    var twice = heard("Asterisk Call Manager/7.0.3\r\n" + form + form);
    assertEquals(List.of(wanted(form), wanted(form)), twice.sip());
    assertEquals(List.of(), twice.cuts);
    assertEquals(List.of("Asterisk Call Manager/7.0.3"), twice.banners);
    var header = twice.messages.getFirst().header();
    assertEquals(form.contains("Transmitting"), header.outbound());
    assertEquals("192.0.2.10:5060", header.peer().orElseThrow().toString());
    assertEquals(Transport.UDP, header.transport().orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("forms")
  void itIsTheSameAtWhateverByteTheStreamIsSplit(String form) {
    var bytes = (form + form).getBytes(ISO_8859_1);
    for (int split = 0; split <= bytes.length; split++) {
      var heard = new Heard();
      var stream = new AmiStream(heard);
      stream.feed(bytes, 0, split);
      stream.feed(bytes, split, bytes.length);
      stream.end();
      assertEquals(List.of(wanted(form), wanted(form)), heard.sip(), "split at " + split);
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void whatIsCutOffAnywhereIsWholeOrCountedOrNotThere(String form) {
    for (int end = 0; end < form.length(); end++) {
      var heard = heard(form.substring(0, end));
      assertTrue(heard.messages.size() + heard.cuts.size() <= 1, "cut at " + end);
      if (!heard.messages.isEmpty()) {
        assertEquals(wanted(form), heard.sip().getFirst(), "cut at " + end);
      }
      boolean begun = form.substring(0, end).contains(" --->");
      if (begun) {
        assertEquals(1, heard.messages.size() + heard.cuts.size(), "cut at " + end);
      }
    }
  }

  @Test
  void theTimeIsThatOfTheEvent() {
    assertEquals(
        OptionalLong.of(1_795_279_200_250_000_000L),
        heard(Logs.rawInAnEvent(Logs.received(INVITE), INVITE)).messages.getFirst().time());
    assertEquals(
        OptionalLong.empty(),
        heard(Logs.output(Logs.received(INVITE), INVITE)).messages.getFirst().time());
  }

  @Test
  void linesOfALogMayBeginWithTimeAndFile() {
    var header =
        "[Nov 21 17:00:01] VERBOSE[1234][C-00000001] res_pjsip_logger.c: "
            + Logs.received(INVITE).replace("UDP:192.0.2.10:5060", "TLS6:[2001:db8::7]:5061");
    var heard = heard(Logs.linesOfAnEvent(header, INVITE));
    assertEquals(List.of(INVITE), heard.sip());
    var said = heard.messages.getFirst().header();
    assertEquals("[2001:db8::7]:5061", said.peer().orElseThrow().toString());
    assertEquals(Transport.TLS, said.transport().orElseThrow());
  }

  @Test
  void aMessageThatNothingAnnouncesIsTakenByItsStartLine() {
    var bare = OPTIONS.strip().replace("\r\n", "\n");
    var heard =
        heard(
            "Event: Verbose\r\nMessage: Transmitting\n"
                + bare
                + "\r\n\r\n"
                + "Event: Verbose\r\nMessage: "
                + bare
                + "\r\n\r\n"
                + Logs.linesOfAnEvent("Received", OPTIONS));
    assertEquals(List.of(OPTIONS, OPTIONS, OPTIONS), heard.sip());
    assertEquals(
        List.of(true, false, false),
        heard.messages.stream().map(message -> message.header().outbound()).toList());
  }

  @Test
  void anotherEventsAttributeOfTheSameNameIsNoLineOfTheMessage() {
    var other = "Event: UserEvent\r\nVerbose: hello\r\n\r\n";
    var lines = Logs.eventForEachLine(Logs.received(INVITE), INVITE);
    assertEquals(
        List.of(INVITE), heard(lines.replace("Event: VarSet", other + "Event: VarSet")).sip());
  }

  @Test
  void aMessageMayFollowTheLineThatAnnouncesItInAnotherAttributeOrEvent() {
    var header = "Event: Log\r\nMessage: " + Logs.sent(INVITE) + "\r\n";
    var heard =
        heard(
            header
                + "\r\nEvent: Log\r\nData: "
                + INVITE
                + "\r\n\r\n"
                + header
                + "Data: "
                + INVITE
                + "\r\n\r\n");
    assertEquals(List.of(INVITE, INVITE), heard.sip());
    assertEquals("192.0.2.10:5060", heard.messages.get(1).header().peer().orElseThrow().toString());
  }

  @Test
  void chanSipEndsItsMessagesWithALine() {
    var heard =
        heard(
            Logs.linesOfAnEvent(
                    "<--- SIP read from TCP:198.51.100.7:40000 --->",
                    INVITE.replace("Content-Length: " + BODY.length() + "\r\n", "")
                        + "<------------->")
                + Logs.linesOfAnEvent(
                    "Reliably Transmitting (no NAT) to 198.51.100.7:40000:", INVITE + "\r\n---"));
    assertEquals(2, heard.messages.size());
    assertEquals(INVITE, heard.sip().get(1));
    assertTrue(heard.sip().getFirst().endsWith(BODY));
    assertEquals(Transport.TCP, heard.messages.getFirst().header().transport().orElseThrow());
    assertTrue(heard.messages.get(1).header().outbound());
  }

  @Test
  void answersArePassedOnAndEventsAreNot() {
    var packets =
        """
        Response: Success
        ActionID: 1
        Message: Authentication accepted

        Event: Newchannel
        Channel: PJSIP/a

        Response: Follows
        Privilege: Command
        ActionID: 2
        one
        two
        --END COMMAND--

        """;
    var heard = heard(packets);
    assertEquals(
        List.of(
            List.of("Response: Success", "ActionID: 1", "Message: Authentication accepted"),
            List.of(
                "Response: Success",
                "Privilege: Command",
                "ActionID: 2",
                "Output: one",
                "Output: two")),
        heard.answers);
  }

  @Test
  void aMessageThatEndsTooEarlyDoesNotSwallowTheNext() {
    var short1 = Logs.rawInAnEvent(Logs.received(INVITE + "and more"), INVITE);
    var cut = Logs.linesOfAnEvent(Logs.received(INVITE), INVITE.substring(0, 100));
    var heard = heard(short1 + cut + Logs.rawInAnEvent(Logs.received(OPTIONS), OPTIONS));
    assertEquals(List.of(INVITE, OPTIONS), heard.sip());
    assertEquals(List.of("ami-cut"), heard.cuts);
  }

  @Test
  void whatAnnouncesMoreThanItMayHoldIsNotWaitedFor() {
    var heard =
        heard(
            "Event: Verbose\r\n"
                + "Message: <--- Received SIP request (999999999 bytes) from UDP:192.0.2.10:5060"
                + " --->\r\n\r\n"
                + Logs.linesOfAnEvent(Logs.received(OPTIONS), OPTIONS));
    assertEquals(List.of(OPTIONS), heard.sip());
    assertEquals(List.of("ami-too-long"), heard.cuts);
  }

  @Test
  void aLineWithoutEndIsBounded() {
    var heard = heard("Event: X\r\nMessage: " + "x".repeat(1_000_000) + "\r\n\r\n");
    assertEquals(0, heard.messages.size());
  }

  /// Whatever comes, it neither throws nor hangs, and what follows an end is read again.
  @Test
  void rubbishIsSurvived() {
    var random = new Random(20261121);
    var forms = forms().toList();
    var parts =
        new String[] {
          "\r\n",
          "\n",
          "\r",
          ": ",
          "Event: ",
          "Message: ",
          "Output: ",
          "<--- ",
          " --->",
          "SIP/2.0",
          "INVITE sip:a@b SIP/2.0\r\n",
          "SIP/2.0 200 OK\n",
          "\\r\\n",
          "Content-Length: 99\r\n",
          "Response: Follows\r\n",
          "--END COMMAND--",
          "(4 bytes)",
          "\u0000\u00ff"
        };
    for (int round = 0; round < 3_000; round++) {
      var text = new StringBuilder();
      for (int i = random.nextInt(12); i >= 0; i--) {
        if (random.nextInt(3) == 0) {
          var form = forms.get(random.nextInt(forms.size()));
          int from = random.nextInt(form.length());
          text.append(form, from, from + random.nextInt(form.length() - from));
        } else {
          text.append(parts[random.nextInt(parts.length)]);
        }
      }
      var heard = heard(text.toString());
      assertTrue(heard.messages.size() <= text.length());
    }
  }
}
