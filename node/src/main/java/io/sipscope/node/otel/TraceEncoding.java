package io.sipscope.node.otel;

import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.sdk.common.export.MessageWriter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// What a collector is sent: `ExportTraceServiceRequest` of OTLP 1, in its two encodings, written
/// by opentelemetry's exporter. Its public face writes no JSON, so its marshaler is called itself.
final class TraceEncoding {
  private final Resource resource;

  /// @param serviceName `service.name`
  /// @param instance `service.instance.id`
  TraceEncoding(String serviceName, String instance) {
    resource =
        Resource.create(
            new SpanAttributes()
                .text("service.name", serviceName)
                .text("service.instance.id", instance)
                .build());
  }

  MessageWriter protobuf(List<Span> spans) {
    return marshaler(spans).toBinaryMessageWriter();
  }

  MessageWriter json(List<Span> spans) {
    return marshaler(spans).toJsonMessageWriter();
  }

  byte[] jsonBytes(List<Span> spans) {
    var out = new ByteArrayOutputStream();
    try {
      json(spans).writeMessage(out);
    } catch (IOException e) {
      throw new UncheckedIOException("there is no end to memory", e);
    }
    return out.toByteArray();
  }

  private TraceRequestMarshaler marshaler(List<Span> spans) {
    return TraceRequestMarshaler.create(
        spans.stream().<SpanData>map(span -> new EndedSpan(span, resource)).toList());
  }
}
