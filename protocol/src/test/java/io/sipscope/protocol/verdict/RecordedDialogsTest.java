package io.sipscope.protocol.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.dialog.Conversation;
import io.sipscope.protocol.net.Found;
import io.sipscope.protocol.net.Walk;
import io.sipscope.protocol.pcap.CaptureFile;
import io.sipscope.protocol.pcap.Pcap;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Dialogs that SIPp really had, recorded from the wire, get the verdicts they deserve.
class RecordedDialogsTest {

  @Test
  void thoseBetweenTwoHosts() throws IOException {
    assertEquals(
        Map.ofEntries(
            Map.entry("answered@192.0.2.10", "answered-and-ended good"),
            Map.entry("bye-unanswered@192.0.2.10", "answered-and-ended good"),
            Map.entry("codec-mismatch@192.0.2.10", "codec-mismatch warn"),
            Map.entry("declined@192.0.2.10", "declined info"),
            Map.entry("early-media@192.0.2.10", "answered-and-ended good"),
            Map.entry("keepalive@192.0.2.10", "keepalive-answered good"),
            Map.entry("late-ack@192.0.2.10", "answer-repeated warn"),
            Map.entry("no-ack@192.0.2.10", "private-contact bad"),
            Map.entry("other-codec@192.0.2.10", "codec-mismatch-in-answer bad"),
            Map.entry("redirected@192.0.2.10", "redirected info"),
            Map.entry("service-unavailable@192.0.2.10", "service-unavailable bad"),
            Map.entry("unanswered@192.0.2.10", "no-response warn")),
        verdicts(Path.of("src/test/resources/sipp/dialogs.pcap")));
  }

  @Test
  void thoseThroughAProxy() throws IOException {
    assertEquals(
        Map.of(
            "answered-1@192.0.2.10",
            "answered-and-ended good",
            "busy-1@192.0.2.10",
            "busy info",
            "cancelled-1@192.0.2.10",
            "cancelled info",
            "registers-1@192.0.2.10",
            "registration-accepted good"),
        verdicts(Path.of("../ops/sample/calls.pcap")));
  }

  private static Map<String, String> verdicts(Path file) throws IOException {
    var dialogs = new TreeMap<String, Conversation>();
    walk(
        file,
        found -> {
          if (found instanceof Found.Message message
              && SipParser.parse(message.sip()) instanceof SipMessage sip) {
            dialogs
                .computeIfAbsent(sip.callId().text(), _ -> new Conversation())
                .observe(capture(message));
          }
        });
    var verdicts = new TreeMap<String, String>();
    dialogs.forEach(
        (callId, conversation) -> {
          var verdict = conversation.summary().verdict();
          var level = verdict.level().name().toLowerCase(java.util.Locale.ROOT);
          verdicts.put(callId, verdict.rule() + " " + level);
        });
    return verdicts;
  }

  private static Capture capture(Found.Message message) {
    return new Capture(
        message.time(),
        message.time(),
        message.transport(),
        message.source(),
        message.destination(),
        Agent.NONE,
        "",
        SourceKind.PCAP,
        message.sip());
  }

  private static void walk(Path file, Consumer<Found> found) throws IOException {
    var walk = new Walk();
    try (var capture = CaptureFile.open(Files.newInputStream(file))) {
      while (capture.next() instanceof Pcap.Frame frame) {
        walk.accept(frame, found);
      }
    }
    walk.finish(found);
  }
}
