package io.sipscope.node.otel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sipscope.node.otel.Span.Attribute;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What a collector is sent: `ExportTraceServiceRequest` of OTLP 1, in its two encodings. The
/// numbers are those of opentelemetry-proto's fields.
final class TraceRequest {
  private static final String SCOPE = "sipscope";
  private static final int ERROR = 2;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Attribute> resource;

  /// @param serviceName `service.name`
  /// @param instance `service.instance.id`
  TraceRequest(String serviceName, String instance) {
    resource =
        new Attributes()
            .text("service.name", serviceName)
            .text("service.instance.id", instance)
            .list();
  }

  byte[] protobuf(List<Span> spans) {
    return new ProtobufWriter()
        .message(
            1, // resource_spans
            group ->
                group
                    .message(1, of -> attributes(of, 1, resource))
                    .message(
                        2, // scope_spans
                        scoped -> {
                          scoped.message(1, scope -> scope.text(1, SCOPE));
                          spans.forEach(span -> scoped.message(2, one -> span(one, span)));
                        }))
        .toBytes();
  }

  private static void span(ProtobufWriter out, Span span) {
    out.hex(1, span.traceId())
        .hex(2, span.id())
        .hex(4, span.parent())
        .text(5, span.name())
        .whole(6, span.kind().number)
        .fixed64(7, span.start())
        .fixed64(8, span.end());
    attributes(out, 9, span.attributes());
    if (span.isFailed()) {
      out.message(15, status -> status.text(2, span.failure()).whole(3, ERROR));
    }
  }

  private static void attributes(ProtobufWriter out, int field, List<Attribute> attributes) {
    for (var attribute : attributes) {
      out.message(
          field,
          pair ->
              pair.text(1, attribute.name())
                  .message(
                      2,
                      value -> {
                        switch (attribute) {
                          case Attribute.Text(_, var text) -> value.presentText(1, text);
                          case Attribute.Whole(_, var number) -> value.present(3, number);
                        }
                      }));
    }
  }

  /// Ids as hex, 64-bit numbers as text.
  byte[] json(List<Span> spans) {
    var root = JSON.createObjectNode();
    var group = root.putArray("resourceSpans").addObject();
    attributes(group.putObject("resource").putArray("attributes"), resource);
    var scoped = group.putArray("scopeSpans").addObject();
    scoped.putObject("scope").put("name", SCOPE);
    var all = scoped.putArray("spans");
    spans.forEach(span -> span(all.addObject(), span));
    return root.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void span(ObjectNode out, Span span) {
    out.put("traceId", span.traceId()).put("spanId", span.id());
    if (!span.parent().isEmpty()) {
      out.put("parentSpanId", span.parent());
    }
    out.put("name", span.name())
        .put("kind", span.kind().number)
        .put("startTimeUnixNano", Long.toString(span.start()))
        .put("endTimeUnixNano", Long.toString(span.end()));
    attributes(out.putArray("attributes"), span.attributes());
    if (span.isFailed()) {
      out.putObject("status").put("message", span.failure()).put("code", ERROR);
    }
  }

  private static void attributes(ArrayNode out, List<Attribute> attributes) {
    for (var attribute : attributes) {
      var value = out.addObject().put("key", attribute.name()).putObject("value");
      switch (attribute) {
        case Attribute.Text(_, var text) -> value.put("stringValue", text);
        case Attribute.Whole(_, var number) -> value.put("intValue", Long.toString(number));
      }
    }
  }
}
