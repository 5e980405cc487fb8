package io.sipscope.ops;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mi COMMAND [ARG...]`: one management command of a running node, over JSON-RPC 2.0.
@Command(
    name = "mi",
    description = "Runs one MI command on a running node and prints its result as JSON.",
    mixinStandardHelpOptions = true)
final class Mi implements Callable<Integer> {
  @Mixin private RemoteNode node;

  @Parameters(index = "0", paramLabel = "COMMAND", description = "Such as which, get_statistics.")
  private String command;

  @Parameters(
      index = "1..*",
      paramLabel = "ARG",
      description = "NAME=VALUE for each, or just the values in the command's order.")
  private List<String> arguments = List.of();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Failure, InterruptedException {
    var request =
        RemoteNode.JSON
            .createObjectNode()
            .put("jsonrpc", "2.0")
            .put("id", 1)
            .put("method", command)
            .set("params", MiParameters.of(command, arguments));
    RemoteNode.Answer answer;
    try (var remote = node) {
      answer = remote.post("/mi", "application/json", BodyPublishers.ofString(request.toString()));
    }
    var error = answer.body().path("error");
    if (!error.isMissingNode() && !error.isNull()) {
      throw new Failure(said(error));
    }
    if (!answer.body().has("result")) {
      throw new Failure(answer.problem());
    }
    out().println(Printable.text(answer.body().get("result").toPrettyString()));
    return 0;
  }

  /// `-32601 Method not found: the data when there is any`.
  private static String said(JsonNode error) {
    var data = error.path("data");
    return error.path("code").asText()
        + " "
        + error.path("message").asText()
        + (data.isMissingNode() || data.isNull() ? "" : ": " + data.asText(data.toString()));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
