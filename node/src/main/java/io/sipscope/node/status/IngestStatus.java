package io.sipscope.node.status;

import io.sipscope.http.agents.SourceState;
import io.sipscope.persistence.status.Identifier;
import io.sipscope.persistence.status.Status;
import io.sipscope.persistence.status.StatusReport;
import java.util.LinkedHashMap;
import java.util.List;

/// The group `ingest`: whether HEP is taken in, each socket, each source that is fetched from, and
/// the agents.
public final class IngestStatus {
  private static final Status LISTENING = new Status(1, "listening");
  private static final Status OFF = new Status(-1, "the capture is switched off");
  private static final Status ALL_SPEAK = new Status(1, "none is silent");

  /// Details are read by people.
  private static final int MOST_NAMED = 10;

  private final Identifier main;
  private final Identifier agents;
  private final Named sources;

  /// @param sockets each that HEP comes in by, as `hep_udp:127.0.0.1:9060`
  public IngestStatus(StatusReport report, List<String> sockets) {
    main = report.identifier("ingest", StatusReport.MAIN, Status.RUNNING);
    for (var socket : sockets) {
      report.identifier("ingest", socket, LISTENING).report(LISTENING.details());
    }
    agents = report.identifier("ingest", "agents", ALL_SPEAK);
    sources = new Named(report, "ingest");
  }

  /// Whether HEP is taken in.
  public void capture(boolean isOn) {
    main.tell(isOn ? Status.RUNNING : OFF);
  }

  /// @param silent agents that say nothing though they should
  public void agents(List<String> silent) {
    var named = String.join(", ", silent.subList(0, Math.min(MOST_NAMED, silent.size())));
    agents.tell(
        silent.isEmpty()
            ? ALL_SPEAK
            : new Status(-1, silent.size() + " silent while others speak: " + named));
  }

  public void sources(List<SourceState> states) {
    var statuses = new LinkedHashMap<String, Status>();
    for (var state : states) {
      statuses.put(state.kind() + ':' + state.name(), status(state));
    }
    sources.tell(statuses);
  }

  private static Status status(SourceState state) {
    return switch (state.condition()) {
      case UP -> new Status(1, said(state, "up"));
      case CONNECTING -> new Status(-1, said(state, "connecting"));
      case FAILED -> new Status(-2, said(state, "failed"));
    };
  }

  private static String said(SourceState state, String otherwise) {
    return state.detail().isEmpty() ? otherwise : state.detail();
  }
}
