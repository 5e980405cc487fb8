package io.sipscope.ops;

import io.sipscope.node.CannotStart;
import io.sipscope.node.ScriptCheck;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `check`: what the start of a node would say about a policy script. Needs no node.
@Command(
    name = "check",
    description = "Says what is wrong with a policy script; exit code 0 = a node starts with it.",
    mixinStandardHelpOptions = true)
final class Check implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The script.")
  private Path script;

  @Option(names = "--config", paramLabel = "FILE", description = "HOCON, over the defaults.")
  private Path file;

  @Option(names = "-D", paramLabel = "KEY=VALUE", description = "One setting, over the file.")
  private Map<String, String> words = Map.of();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Failure {
    var settings = file == null ? Settings.of(words) : Settings.of(words, file);
    try {
      var checked = ScriptCheck.of(script, settings);
      var out = spec.commandLine().getOut();
      checked.complaints().stream().map(Printable::text).forEach(out::println);
      out.println(
          script
              + ": "
              + counted(checked.lines(), "line")
              + ", "
              + counted(checked.errors(), "error")
              + ", "
              + counted(checked.complaints().size() - checked.errors(), "warning"));
      out.flush();
      return checked.errors() == 0 ? 0 : 1;
    } catch (CannotStart e) {
      throw new Failure(e.getMessage(), e);
    }
  }

  private static String counted(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
