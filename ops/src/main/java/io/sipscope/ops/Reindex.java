package io.sipscope.ops;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `reindex`: has a running node build the index anew from the journal, and shows how far it is.
/// Ctrl-C ends the showing, not the work.
@Command(
    name = "reindex",
    description =
        "Has a running node build the index anew from the journal; Ctrl-C leaves it at that.",
    mixinStandardHelpOptions = true)
final class Reindex implements Callable<Integer> {
  private static final String PATH = "/api/reindex";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  @Mixin private RemoteNode node;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Failure, InterruptedException {
    var goesOn = new Thread(() -> say("the node goes on with it (GET " + PATH + " tells)"));
    try (var remote = node) {
      var begun = remote.post(PATH, "application/json", BodyPublishers.noBody());
      if (!begun.succeeded()) {
        throw new Failure(begun.problem());
      }
      Runtime.getRuntime().addShutdownHook(goesOn);
      var ended = watched(remote, begun.body());
      Runtime.getRuntime().removeShutdownHook(goesOn);
      if (!ended.path("state").asText().equals("done")) {
        throw new Failure(ended.path("reason").asText("the node was started anew meanwhile"));
      }
      out().println(said(ended));
      return 0;
    }
  }

  private static JsonNode watched(RemoteNode remote, JsonNode begun)
      throws Failure, InterruptedException {
    var seen = begun;
    try (var progress = Progress.counting("reindex", " dialogs")) {
      while (seen.path("state").asText().equals("running")) {
        if (seen.path("of").isNumber()) {
          progress.expect(seen.path("of").asLong());
        }
        progress.stepTo(seen.path("dialogs").asLong());
        Thread.sleep(BETWEEN_LOOKS);
        var answer = remote.get(PATH, PATIENCE);
        if (!answer.succeeded()) {
          throw new Failure(answer.problem());
        }
        seen = answer.body();
      }
    }
    return seen;
  }

  private static String said(JsonNode ended) {
    long damaged = ended.path("damaged").asLong();
    return "%d dialogs: %d rows rewritten, %d removed; %d damaged%s"
        .formatted(
            ended.path("dialogs").asLong(),
            ended.path("rewritten").asLong(),
            ended.path("removed").asLong(),
            damaged,
            damaged == 0 ? "" : " (GET /api/dialogs?damaged=true lists them)");
  }

  private void say(String sentence) {
    var err = spec.commandLine().getErr();
    err.println("sipscope: " + sentence);
    err.flush();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
