package io.sipscope.persistence.trace;

import io.sipscope.persistence.trace.TraceDestination.Hep;

/// One destination of a trace_id. Those of one name fan out.
///
/// @param id the trace_id's name
/// @param uri as it was given, the password of a database masked: what MI and pages show
/// @param isDynamic whether it was started by `trace_start`, rather than configured
public record TraceTarget(String id, String uri, TraceDestination destination, boolean isDynamic) {

  /// Whether it is reached by HEP.
  public boolean isHep() {
    return destination instanceof Hep;
  }
}
