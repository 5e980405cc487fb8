package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.sipscope.node.otel.CollectorOfTests;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Calls come by HEP, and leave as traces.
class OtlpIT {
  private static final long START = 1_700_000_000_000_000_000L;
  private static final long MILLI = 1_000_000L;

  private static CollectorOfTests collector;
  private static TestNode node;

  @BeforeAll
  static void start() throws Exception {
    collector = new CollectorOfTests();
    node =
        TestNode.start(
            """
            sipscope.store = memory
            sipscope.otlp {
              endpoint = "%s"
              settle = 500ms
              service-name = "edge"
            }
            """
                .formatted(collector.url()));
  }

  @AfterAll
  static void stop() {
    node.close();
    collector.close();
  }

  private static void answered(Sip call) throws Exception {
    node.sendUdp(call.request(0, "INVITE", 1, ""));
    node.sendUdp(call.reply(100, 180, "INVITE", 1));
    node.sendUdp(call.reply(2_000, 200, "INVITE", 1));
    node.sendUdp(call.request(2_010, "ACK", 1, "b"));
    node.sendUdp(call.request(5_000, "BYE", 2, "b"));
    node.sendUdp(call.reply(5_020, 200, "BYE", 2));
  }

  private static String times(Span span) {
    return span.getName()
        + " "
        + (span.getStartTimeUnixNano() - START) / MILLI
        + "-"
        + (span.getEndTimeUnixNano() - START) / MILLI;
  }

  private static Map<String, String> texts(List<KeyValue> attributes) {
    return attributes.stream()
        .filter(attribute -> attribute.getValue().hasStringValue())
        .collect(
            Collectors.toMap(KeyValue::getKey, attribute -> attribute.getValue().getStringValue()));
  }

  @Test
  void aCallThatHasEndedIsOneTraceAndSoItIsWhenItIsAskedForAgain() throws Exception {
    answered(new Sip("otlp-one", START));
    var received = collector.next();
    var spans = received.spans();
    assertEquals(
        List.of(
            "SIP call 0-5000",
            "setup 0-2000",
            "ringing 100-2000",
            "conversation 2000-5000",
            "INVITE 0-2000",
            "BYE 5000-5020"),
        spans.stream().map(OtlpIT::times).toList());
    assertEquals(
        "edge",
        texts(received.protobuf().getResourceSpans(0).getResource().getAttributesList())
            .get("service.name"));
    var root = texts(spans.getFirst().getAttributesList());
    assertEquals("otlp-one", root.get("sip.call_id"));
    assertEquals("terminated", root.get("sip.phase"));
    assertEquals("10.0.0.2", root.get("network.peer.address"));

    var asked = node.post("/api/dialogs/otlp-one/otlp", new byte[0]);
    assertEquals(202, asked.statusCode(), asked::body);
    var again = collector.next();
    assertEquals(spans, again.spans());
    var id = java.util.HexFormat.of().formatHex(spans.getFirst().getTraceId().toByteArray());
    assertEquals("{\"traceId\":\"" + id + "\"}", asked.body());
    var shown = node.json("/api/dialogs/otlp-one/otlp");
    assertEquals(id, shown.at("/resourceSpans/0/scopeSpans/0/spans/0/traceId").asText());
    assertEquals(404, node.get("/api/dialogs/otlp-none/otlp").statusCode());
  }

  @Test
  void aCallThatFailsIsAnErrorAndOneThatGoesOnWaits() throws Exception {
    var going = new Sip("otlp-going", START);
    node.sendUdp(going.request(0, "INVITE", 1, ""));
    node.sendUdp(going.reply(50, 200, "INVITE", 1));
    var refused = new Sip("otlp-refused", START);
    node.sendUdp(refused.request(0, "INVITE", 1, ""));
    node.sendUdp(refused.reply(70, 503, "INVITE", 1));
    node.sendUdp(refused.request(71, "ACK", 1, "b"));
    Span root;
    do {
      root = collector.next().spans().getFirst();
    } while (!texts(root.getAttributesList()).get("sip.call_id").equals("otlp-refused"));
    assertEquals(Status.StatusCode.STATUS_CODE_ERROR, root.getStatus().getCode());
    assertEquals("503", texts(root.getAttributesList()).get("error.type"));
    var statistics = node.json("/api/statistics?names=otlp:calls_settling");
    assertTrue(statistics.toString().contains("\"otlp:calls_settling\":0"), statistics::toString);
    assertEquals(202, node.post("/api/dialogs/otlp-going/otlp", new byte[0]).statusCode());
    var shown = collector.next().spans();
    assertEquals("confirmed", texts(shown.getFirst().getAttributesList()).get("sip.phase"));
  }
}
