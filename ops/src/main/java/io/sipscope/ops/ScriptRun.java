package io.sipscope.ops;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `script-run`: runs a policy script over what a node has stored, and prints what it would have
/// traced and counted. Nothing changes.
@Command(
    name = "script-run",
    description = "Runs a policy script over stored dialogs and prints what it would have done.",
    mixinStandardHelpOptions = true)
final class ScriptRun implements Callable<Integer> {
  private static final String PATH = "/api/script/run";
  private static final int UNPROCESSABLE = 422;

  /// What the node calls the text that it was sent.
  private static final String SENT = "script";

  @Parameters(paramLabel = "FILE", description = "The script.")
  private Path file;

  @Option(
      names = "--on",
      paramLabel = "FILTER",
      defaultValue = "",
      description =
          "Which dialogs: a Call-ID, or filters as GET /api/dialogs has them, such as"
              + " 'method=INVITE&from=alice' (default: all).")
  private String on;

  @Option(names = "--json", description = "Print the answer as the node gave it.")
  private boolean json;

  @Mixin private RemoteNode node;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Failure, InterruptedException {
    var text = text();
    try (var remote = node) {
      var answer =
          remote.post(PATH + query(), "text/plain; charset=UTF-8", BodyPublishers.ofString(text));
      if (answer.status() == UNPROCESSABLE) {
        answer.body().path("complaints").forEach(complaint -> complain(complaint, text));
        return 1;
      }
      if (!answer.succeeded()) {
        throw new Failure(answer.problem());
      }
      if (json) {
        out().println(answer.body().toPrettyString());
      } else {
        answer.body().path("warnings").forEach(complaint -> complain(complaint, text));
        show(answer.body());
      }
      out().flush();
      return 0;
    }
  }

  private String text() throws Failure {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new Failure(file + " cannot be read: " + e, e);
    }
  }

  private String query() {
    if (on.isBlank()) {
      return "";
    }
    return switch (Selection.of(on)) {
      case Selection.Dialog(var callId) -> "?call-id=" + RemoteNode.encoded(callId);
      case Selection.Search(var query) -> "?" + query;
    };
  }

  /// `file:line:column: error: sentence`, the line, and a caret under the place.
  private void complain(JsonNode complaint, String text) {
    var err = spec.commandLine().getErr();
    int line = complaint.path("line").asInt();
    int column = complaint.path("column").asInt();
    err.println(
        Printable.line(
            place(complaint)
                + ": "
                + complaint.path("severity").asText()
                + ": "
                + complaint.path("message").asText()));
    var lines = text.lines().toList();
    if (complaint.path("file").asText().equals(SENT) && line >= 1 && line <= lines.size()) {
      err.println(Printable.line(lines.get(line - 1).replace('\t', ' ')));
      err.println(" ".repeat(Math.max(0, column - 1)) + "^");
    }
    err.flush();
  }

  private String place(JsonNode where) {
    var name = where.path("file").asText();
    var shown = name.equals(SENT) ? file.toString() : name;
    int line = where.path("line").asInt();
    return line == 0 ? shown : shown + ":" + line + ":" + where.path("column").asInt();
  }

  private void show(JsonNode told) {
    say(
        "%d dialogs, %d messages%s"
            .formatted(
                told.path("dialogs").asLong(),
                told.path("messages").asLong(),
                told.path("complete").asBoolean() ? "" : " (there are more than one run takes)"));
    section(
        "traced",
        lines(
            told.path("traced"),
            one ->
                "%s: %d messages of %d dialogs, by scope %s"
                    .formatted(
                        one.path("traceId").asText(),
                        one.path("messages").asLong(),
                        one.path("dialogs").asLong(),
                        one.path("scope").asText())));
    section("counted", counts(told.path("statistics")));
    section("events", counts(told.path("events")));
    section("relayed", counts(told.path("relayed")));
    section("requests, not sent", counts(told.path("requests")));
    if (told.path("dropped").asLong() > 0) {
      say("dropped: " + told.path("dropped").asLong());
    }
    section(
        "log",
        lines(
            told.path("log"),
            one ->
                "%d x %s:%s"
                    .formatted(
                        one.path("count").asLong(),
                        one.path("level").asText(),
                        one.path("line").asText())));
    section(
        "failed",
        lines(
            told.path("failures"),
            one ->
                "%s: %s (%d times)"
                    .formatted(
                        place(one), one.path("message").asText(), one.path("count").asLong())));
  }

  private static List<String> counts(JsonNode byName) {
    return byName.properties().stream()
        .map(entry -> entry.getKey() + " = " + entry.getValue().asLong())
        .toList();
  }

  private static List<String> lines(JsonNode array, Function<JsonNode, String> line) {
    return array.valueStream().map(line).toList();
  }

  private void section(String title, List<String> lines) {
    if (!lines.isEmpty()) {
      say(title + ":");
      lines.forEach(line -> say("  " + line));
    }
  }

  private void say(String line) {
    out().println(Printable.line(line));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
