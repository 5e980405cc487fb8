package io.sipscope.node.script.variables;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sipscope.node.script.Scripted;
import io.sipscope.node.script.TestWorld;
import io.sipscope.node.script.run.Subject;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.net.Found;
import io.sipscope.protocol.net.IpAddress;
import io.sipscope.protocol.net.Walk;
import io.sipscope.protocol.pcap.CaptureFile;
import io.sipscope.protocol.pcap.Pcap;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import io.sipscope.testing.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What a script reads of the messages of real captures is what tshark reads of them.
class OracleVariablesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ORACLE = ".oracle.json";
  private static final String EACH =
      "$ml $si $sp $Ri $Rp $ci $cs $(hdr(CSeq){s.select,-1, }) $ft $tt $cl";

  private final Scripted script =
      Scripted.of(
          """
          route { xlog("L_INFO", "%s | $rm $ru SIP/2.0"); }
          onreply_route { xlog("L_INFO", "%s | SIP/2.0 $rs $rr"); }
          """
              .formatted(EACH, EACH));

  @TestFactory
  List<DynamicTest> theVariablesOfEveryMessage() {
    return Corpus.files("pcap").stream()
        .filter(file -> file.toString().endsWith(ORACLE))
        .filter(file -> !name(file).contains("fuzz")) // broken so that tshark takes a guess
        .map(file -> DynamicTest.dynamicTest(name(file), () -> compare(file)))
        .toList();
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(ORACLE, "");
  }

  private void compare(Path oracle) throws IOException {
    var expected = expected(JSON.readTree(oracle.toFile()));
    var world = new TestWorld();
    walk(oracle.resolveSibling(name(oracle)), found -> run(world, found));
    world.lines.forEach(line -> expected.remove(line.substring(line.indexOf(' ') + 1)));
    assertEquals(List.of(), expected);
    assertEquals(List.of(), script.failures);
  }

  private void run(TestWorld world, Found found) {
    if (found instanceof Found.Message message
        && SipParser.parse(message.sip()) instanceof SipMessage sip) {
      var capture =
          new Capture(
              message.time(),
              message.time(),
              message.transport(),
              message.source(),
              message.destination(),
              new Agent(0, ""),
              "",
              SourceKind.PCAP,
              message.sip());
      script.run(world, new Subject(sip, capture, "key", ""));
    }
  }

  private static List<String> expected(JsonNode oracle) {
    var expected = new ArrayList<String>();
    for (var call : oracle.get("calls")) {
      for (var message : call.get("messages")) {
        // Without a sha256 tshark showed no text to compare.
        if (!message.has("malformed") && !message.has("truncated") && message.has("sha256")) {
          expected.add(told(call.get("call_id").asText(), message));
        }
      }
    }
    return expected;
  }

  private static String told(String callId, JsonNode message) {
    return String.join(
        " ",
        message.get("size").asText(),
        address(message, "src"),
        message.get("sport").asText(),
        address(message, "dst"),
        message.get("dport").asText(),
        callId.isEmpty() ? "<null>" : callId,
        text(message, "cseq"),
        text(message, "cseq_method"),
        text(message, "from_tag"),
        text(message, "to_tag"),
        text(message, "content_length"),
        "|",
        message.get("start_line").asText());
  }

  private static String address(JsonNode message, String side) {
    return IpAddress.parse(message.get(side).asText()).orElseThrow().toString();
  }

  private static String text(JsonNode message, String field) {
    return message.has(field) ? message.get(field).asText() : "<null>";
  }

  private static void walk(Path file, Consumer<Found> found) throws IOException {
    var walk = new Walk();
    try (var capture = CaptureFile.open(Files.newInputStream(file))) {
      for (var next = capture.next(); !(next instanceof Pcap.End); next = capture.next()) {
        if (next instanceof Pcap.Frame frame) {
          walk.accept(frame, found);
        }
      }
    }
    walk.finish(found);
  }
}
