package io.sipscope.ops;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ladder CALL-ID`: the dialog as a ladder in the terminal.
@Command(
    name = "ladder",
    description = "Prints one dialog of a running node as a ladder.",
    mixinStandardHelpOptions = true)
final class Ladder implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Mixin private RemoteNode node;

  @Parameters(paramLabel = "CALL-ID", description = "The Call-ID, or the key where there is none.")
  private String callId;

  @Option(names = "--at", paramLabel = "TIME", description = "As known then (RFC 3339 UTC).")
  private String at;

  @Option(names = "--ascii", description = "Draw with ASCII characters only.")
  private boolean ascii;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Failure, InterruptedException {
    var path = "/api/dialogs/" + RemoteNode.encoded(callId) + "/ladder";
    RemoteNode.Answer answer;
    try (var remote = node) {
      answer = remote.get(at == null ? path : path + "?at=" + RemoteNode.encoded(at), PATIENCE);
    }
    if (!answer.succeeded()) {
      throw new Failure(answer.problem());
    }
    var drawing =
        new LadderDrawing(
            ascii ? LadderDrawing.Strokes.ASCII : LadderDrawing.Strokes.UNICODE,
            Terminal.ofThisProcess().colouredOut());
    drawing.lines(LadderAnswer.of(answer.body())).forEach(out()::println);
    return 0;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
