package io.sipscope.ops;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/// What is drawn of the answer of `GET /api/dialogs/{call-id}/ladder`. Every text in it is safe to
/// print.
///
/// @param columns an address each, with its name where it has one
/// @param level of the verdict: `good`, `warn`, `bad`, `info`
/// @param verdict a sentence; empty when there is none
/// @param truncated whether the dialog has more messages than a node draws at once
record LadderAnswer(
    String title,
    List<String> columns,
    List<Arrow> arrows,
    String level,
    String verdict,
    boolean truncated) {

  /// @param from index of the column it leaves
  /// @param to index of the column it reaches; the same when a host spoke to itself
  /// @param kind decides its colour
  record Arrow(Instant time, int from, int to, String label, Kind kind, boolean retransmission) {}

  /// By the class of the response's status (RFC 3261 §7.2).
  enum Kind {
    REQUEST,
    PROVISIONAL,
    SUCCESS,
    REDIRECTION,
    FAILURE;

    static Kind of(int status) {
      return switch (status / 100) {
        case 1 -> PROVISIONAL;
        case 2 -> SUCCESS;
        case 3 -> REDIRECTION;
        case 0 -> REQUEST;
        default -> FAILURE;
      };
    }
  }

  static LadderAnswer of(JsonNode body) {
    var addresses = texts(body.path("columns"), "address");
    var names = texts(body.path("columns"), "name");
    var arrows = new ArrayList<Arrow>();
    for (var arrow : body.path("arrows")) {
      int from = column(arrow, "from", "source", addresses);
      int to = column(arrow, "to", "destination", addresses);
      if (from >= 0 && to >= 0) {
        arrows.add(arrow(arrow, from, to));
      }
    }
    var dialog = body.path("dialog");
    var verdict = body.path("verdict");
    var columns = new ArrayList<String>();
    for (int i = 0; i < addresses.size(); i++) {
      boolean named = !names.get(i).isEmpty() && !names.get(i).equals(addresses.get(i));
      columns.add(named ? names.get(i) + " (" + addresses.get(i) + ")" : addresses.get(i));
    }
    return new LadderAnswer(
        title(dialog),
        columns,
        List.copyOf(arrows),
        Printable.line(verdict.path("level").asText("")),
        Printable.line(sentence(verdict)),
        body.path("truncated").asBoolean(false));
  }

  private static Arrow arrow(JsonNode arrow, int from, int to) {
    int status = arrow.path("status").asInt(0);
    var what =
        status == 0
            ? arrow.path("method").asText("?")
            : status + " " + arrow.path("reason").asText("");
    boolean sdp = arrow.path("sdp").isContainerNode();
    return new Arrow(
        time(arrow.path("time").asText("")),
        from,
        to,
        Printable.line(what.strip() + (sdp ? " (SDP)" : "")),
        Kind.of(status),
        arrow.path("retransmission").asBoolean(false));
  }

  private static int column(JsonNode arrow, String index, String text, List<String> addresses) {
    if (arrow.path(index).isIntegralNumber()) {
      int given = arrow.path(index).asInt();
      return given < addresses.size() ? given : -1;
    }
    var endpoint = Printable.line(arrow.path(text).asText(""));
    for (int i = 0; i < addresses.size(); i++) {
      var address = addresses.get(i);
      if (endpoint.equals(address)
          || endpoint.startsWith(address + ":")
          || endpoint.startsWith("[" + address + "]:")) {
        return i;
      }
    }
    return -1;
  }

  private static String title(JsonNode dialog) {
    return Printable.line(
        "%s  %s → %s  %s, %s"
            .formatted(
                dialog.path("callId").asText(""),
                dialog.path("caller").asText("?"),
                dialog.path("callee").asText("?"),
                dialog.path("method").asText(""),
                dialog.path("phase").asText("")));
  }

  private static String sentence(JsonNode verdict) {
    var title = verdict.path("title").asText("");
    var detail = verdict.path("detail").asText("");
    return detail.isEmpty() ? title : title + ". " + detail;
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }

  private static List<String> texts(JsonNode array, String field) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(node -> Printable.line(node.path(field).asText("")))
        .toList();
  }
}
