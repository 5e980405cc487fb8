package io.sipscope.node.otel;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;

/// One span of a trace. Times are nanoseconds since the epoch.
///
/// @param traceId 32 lower-case hex digits
/// @param id 16 of them
/// @param parent likewise; empty for the root
/// @param failure why it failed, in a few words; empty when it did not
record Span(
    String traceId,
    String id,
    String parent,
    String name,
    SpanKind kind,
    long start,
    long end,
    Attributes attributes,
    String failure) {
  Span {
    end = Math.max(start, end); // agents' clocks differ
  }

  boolean isFailed() {
    return !failure.isEmpty();
  }
}
