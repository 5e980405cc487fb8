package io.sipscope.ops;

import io.sipscope.node.CannotStart;
import io.sipscope.node.Node;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `serve`: one node, until it is stopped.
@Command(
    name = "serve",
    description = "Runs one node until it is stopped.",
    mixinStandardHelpOptions = true)
final class Serve implements Callable<Integer> {
  @Option(names = "--config", paramLabel = "FILE", description = "HOCON, over the defaults.")
  private Path file;

  @Option(names = "-D", paramLabel = "KEY=VALUE", description = "One setting, over the file.")
  private Map<String, String> words = Map.of();

  @Override
  public Integer call() throws Failure {
    var settings = file == null ? Settings.of(words) : Settings.of(words, file);
    try (var node = Node.start(settings)) {
      node.whenTerminated().toCompletableFuture().join();
      return 0;
    } catch (CannotStart e) {
      throw new Failure(e.getMessage(), e);
    }
  }
}
