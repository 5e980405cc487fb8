package io.sipscope.node.otel;

import java.util.List;

/// One span of a trace, as OpenTelemetry has it. Times are nanoseconds since the epoch.
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
    Kind kind,
    long start,
    long end,
    List<Attribute> attributes,
    String failure) {
  Span {
    end = Math.max(start, end); // agents' clocks differ
    attributes = List.copyOf(attributes);
  }

  /// With the numbers of the protocol.
  enum Kind {
    INTERNAL(1),
    CLIENT(3);

    final int number;

    Kind(int number) {
      this.number = number;
    }
  }

  boolean isFailed() {
    return !failure.isEmpty();
  }

  /// What is known of a span.
  sealed interface Attribute {
    String name();

    record Text(String name, String value) implements Attribute {}

    record Whole(String name, long value) implements Attribute {}
  }
}
