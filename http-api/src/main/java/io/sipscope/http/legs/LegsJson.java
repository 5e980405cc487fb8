package io.sipscope.http.legs;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.sipscope.http.dialogs.DialogJson;
import io.sipscope.protocol.legs.LegEdge;
import java.util.List;

/// The legs of a call in the API's JSON.
///
/// @param legs the asked one first
/// @param edges why they are taken for legs of one call, the surest first
/// @param complete whether all that may belong to it were looked at
/// @param missing why not, a sentence each
record LegsJson(List<LegJson> legs, List<EdgeJson> edges, boolean complete, List<String> missing) {

  /// @param confidence how sure it is that it belongs to the asked one, by the best way to it
  record LegJson(@JsonUnwrapped DialogJson dialog, double confidence) {}

  /// @param a key of the leg that began first
  record EdgeJson(
      String a, String b, String kind, String evidence, double confidence, List<AtJson> messages) {
    static EdgeJson of(LegEdge edge) {
      return new EdgeJson(
          edge.a(),
          edge.b(),
          edge.kind().text(),
          edge.evidence(),
          rounded(edge.confidence()),
          edge.messages().stream().map(at -> new AtJson(at.key(), at.seq())).toList());
    }
  }

  /// A message by its dialog's key and its number in it.
  record AtJson(String key, long seq) {}

  /// @param now nanoseconds since the epoch
  static LegsJson of(LegWalk.Call call, long now) {
    var graph = call.graph();
    return new LegsJson(
        call.legs().stream()
            .map(
                row ->
                    new LegJson(
                        DialogJson.of(row, now),
                        rounded(graph.confidence().getOrDefault(row.key(), 0.0))))
            .toList(),
        graph.edges().stream().map(EdgeJson::of).toList(),
        call.missing().isEmpty(),
        call.missing().stream().sorted().toList());
  }

  private static double rounded(double confidence) {
    return Math.round(confidence * 1_000) / 1_000.0;
  }
}
