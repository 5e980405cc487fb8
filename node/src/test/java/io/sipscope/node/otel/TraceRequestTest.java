package io.sipscope.node.otel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Status;
import io.sipscope.node.otel.Span.Attribute;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceRequestTest {
  private static final Span SPAN =
      new Span(
          "0123456789abcdef0123456789abcdef",
          "00000000000000aa",
          "00000000000000bb",
          "INVITE ü",
          Span.Kind.CLIENT,
          1_700_000_000_000_000_001L,
          1_700_000_000_000_000_999L,
          List.of(
              new Attribute.Text("text", "x".repeat(300)),
              new Attribute.Whole("zero", 0),
              new Attribute.Whole("negative", -5),
              new Attribute.Whole("large", Long.MAX_VALUE)),
          "503 Service Unavailable");

  private final TraceRequest request = new TraceRequest("sipscope", "pekko://s@h:1");

  @Test
  void opentelemetrysOwnClassesReadWhatIsWritten() throws Exception {
    var read = ExportTraceServiceRequest.parseFrom(request.protobuf(List.of(SPAN, SPAN)));
    var resource = read.getResourceSpans(0).getResource();
    assertEquals("service.name", resource.getAttributes(0).getKey());
    assertEquals("sipscope", resource.getAttributes(0).getValue().getStringValue());
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
    assertEquals("x".repeat(300), span.getAttributes(0).getValue().getStringValue());
    assertEquals(true, span.getAttributes(1).getValue().hasIntValue());
    assertEquals(-5, span.getAttributes(2).getValue().getIntValue());
    assertEquals(Long.MAX_VALUE, span.getAttributes(3).getValue().getIntValue());
    assertEquals(Status.StatusCode.STATUS_CODE_ERROR, span.getStatus().getCode());
    assertEquals("503 Service Unavailable", span.getStatus().getMessage());
    assertEquals(0, read.getUnknownFields().asMap().size());
  }

  private static ByteString bytes(String hex) {
    return ByteString.copyFrom(HexFormat.of().parseHex(hex));
  }

  @Test
  void asJsonIdsAreHexAndTimesAreTexts() throws Exception {
    var json = new ObjectMapper().readTree(request.json(List.of(SPAN)));
    var span = json.at("/resourceSpans/0/scopeSpans/0/spans/0");
    assertEquals("0123456789abcdef0123456789abcdef", span.path("traceId").asText());
    assertEquals("00000000000000bb", span.path("parentSpanId").asText());
    assertEquals("1700000000000000001", span.path("startTimeUnixNano").textValue());
    assertEquals(3, span.path("kind").intValue());
    assertEquals("-5", span.at("/attributes/2/value/intValue").textValue());
    assertEquals(2, span.at("/status/code").intValue());
  }
}
