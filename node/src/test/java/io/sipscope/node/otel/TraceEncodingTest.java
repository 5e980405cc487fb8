package io.sipscope.node.otel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TraceEncodingTest {
  private static final Span SPAN =
      new Span(
          "0123456789abcdef0123456789abcdef",
          "00000000000000aa",
          "00000000000000bb",
          "INVITE ü",
          SpanKind.CLIENT,
          1_700_000_000_000_000_001L,
          1_700_000_000_000_000_999L,
          new SpanAttributes()
              .text("text", "x".repeat(300))
              .whole("zero", 0)
              .whole("negative", -5)
              .whole("large", Long.MAX_VALUE)
              .build(),
          "503 Service Unavailable");

  private final TraceEncoding request = new TraceEncoding("sipscope", "pekko://s@h:1");

  @Test
  void opentelemetrysOwnClassesReadWhatIsWritten() throws Exception {
    var read = ExportTraceServiceRequest.parseFrom(protobuf(SPAN, SPAN));
    var resource = values(read.getResourceSpans(0).getResource().getAttributesList());
    assertEquals("sipscope", resource.get("service.name").getStringValue());
    assertEquals("pekko://s@h:1", resource.get("service.instance.id").getStringValue());
    assertEquals("sipscope", read.getResourceSpans(0).getScopeSpans(0).getScope().getName());
    assertEquals(2, read.getResourceSpans(0).getScopeSpans(0).getSpansCount());
    var span = read.getResourceSpans(0).getScopeSpans(0).getSpans(0);
    assertEquals(bytes("0123456789abcdef0123456789abcdef"), span.getTraceId());
    assertEquals(bytes("00000000000000aa"), span.getSpanId());
    assertEquals(bytes("00000000000000bb"), span.getParentSpanId());
    assertEquals("INVITE ü", span.getName());
    assertEquals(io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_CLIENT, span.getKind());
    assertEquals(1_700_000_000_000_000_001L, span.getStartTimeUnixNano());
    assertEquals(1_700_000_000_000_000_999L, span.getEndTimeUnixNano());
    var values = values(span.getAttributesList());
    assertEquals("x".repeat(300), values.get("text").getStringValue());
    assertTrue(values.get("zero").hasIntValue());
    assertEquals(-5, values.get("negative").getIntValue());
    assertEquals(Long.MAX_VALUE, values.get("large").getIntValue());
    assertEquals(0, span.getDroppedAttributesCount());
    assertEquals(Status.StatusCode.STATUS_CODE_ERROR, span.getStatus().getCode());
    assertEquals("503 Service Unavailable", span.getStatus().getMessage());
    assertEquals(0, read.getUnknownFields().asMap().size());
  }

  private byte[] protobuf(Span... spans) throws IOException {
    var out = new ByteArrayOutputStream();
    request.protobuf(List.of(spans)).writeMessage(out);
    return out.toByteArray();
  }

  private static Map<String, AnyValue> values(List<KeyValue> attributes) {
    return attributes.stream().collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
  }

  private static ByteString bytes(String hex) {
    return ByteString.copyFrom(HexFormat.of().parseHex(hex));
  }

  @Test
  void asJsonIdsAreHexAndTimesAreTexts() throws Exception {
    var json = new ObjectMapper().readTree(request.jsonBytes(List.of(SPAN)));
    var span = json.at("/resourceSpans/0/scopeSpans/0/spans/0");
    assertEquals("0123456789abcdef0123456789abcdef", span.path("traceId").asText());
    assertEquals("00000000000000bb", span.path("parentSpanId").asText());
    assertEquals("1700000000000000001", span.path("startTimeUnixNano").textValue());
    assertEquals(3, span.path("kind").intValue());
    assertEquals("-5", attribute(span, "negative").path("intValue").textValue());
    assertEquals(2, span.at("/status/code").intValue());
  }

  private static JsonNode attribute(JsonNode span, String name) {
    for (var attribute : span.path("attributes")) {
      if (attribute.path("key").asText().equals(name)) {
        return attribute.path("value");
      }
    }
    throw new AssertionError("no " + name);
  }
}
