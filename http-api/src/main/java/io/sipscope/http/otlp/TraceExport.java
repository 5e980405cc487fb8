package io.sipscope.http.otlp;

import io.sipscope.protocol.dialog.Rung;
import java.util.List;

/// Makes traces of dialogs and takes them to a collector of OpenTelemetry.
public interface TraceExport {

  /// What became of a trace that was asked for.
  enum Answer {
    /// It waits for the collector.
    TAKEN,
    /// No collector is configured.
    OFF,
    /// There is no room: the collector is slow or away.
    FULL
  }

  /// The trace's id, 32 hex digits: the same for the same dialog, always.
  String traceId(String key);

  /// @param rungs the dialog's messages, at least one
  Answer export(String key, List<Rung> rungs);

  /// The request a collector would be sent, as OTLP's JSON.
  byte[] json(String key, List<Rung> rungs);
}
