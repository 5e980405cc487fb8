package io.sipscope.ops;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/// The command line, `ops/sipscope COMMAND`. Results go to standard output, everything else to
/// standard error; exit code 0 = done, 1 = failed, 2 = the command was not understood.
@Command(
    name = "sipscope",
    description = "Records SIP signalling and shows every dialog as a ladder.",
    mixinStandardHelpOptions = true,
    version = "sipscope ${bundle:release}",
    resourceBundle = "io.sipscope.ops.build",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      Serve.class,
      Check.class,
      Demo.class,
      Import.class,
      Mi.class,
      Ladder.class,
      Replay.class,
      Reindex.class,
      ScriptRun.class
    })
public final class Sipscope {

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Sipscope()).setExecutionExceptionHandler(Sipscope::failed);
  }

  /// A failure the user can act on is a sentence; any other is a defect of ours and keeps its
  /// stack trace.
  private static int failed(Exception failure, CommandLine command, ParseResult parsed) {
    if (failure instanceof Failure) {
      command.getErr().println("sipscope: " + Printable.line(failure.getMessage()));
    } else {
      failure.printStackTrace(command.getErr());
    }
    return 1;
  }
}
