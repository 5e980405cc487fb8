package io.sipscope.ops;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `import FILE...`: sends capture files to a running node, one after the other, and says for each
/// what became of it. Files after one that fails are still sent; the exit code tells.
@Command(
    name = "import",
    description = "Sends pcap or pcapng files, gzipped or not, to a running node.",
    mixinStandardHelpOptions = true)
final class Import implements Callable<Integer> {
  private static final int MEGABYTE = 1 << 20;
  private static final int REDRAW_MILLIS = 200;

  @Mixin private RemoteNode node;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Capture files.")
  private List<Path> files;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    int failed = 0;
    try (var remote = node) {
      for (var file : files) {
        try {
          out().println(Printable.line(file + ": " + sent(remote, file)));
        } catch (Failure e) {
          failed++;
          err().println("sipscope: " + Printable.line(file + ": " + e.getMessage()));
        }
      }
    }
    return failed == 0 ? 0 : 1;
  }

  private static String sent(RemoteNode remote, Path file) throws Failure, InterruptedException {
    RemoteNode.Answer answer;
    try (var content = Files.newInputStream(file)) {
      answer =
          remote.post(
              "/api/captures",
              "application/octet-stream",
              body(watched(content, file), Files.size(file)));
    } catch (NoSuchFileException e) {
      throw new Failure("no such file", e);
    } catch (IOException e) {
      throw new Failure("cannot be read: " + e.getMessage(), e);
    }
    if (!answer.succeeded()) {
      throw new Failure(answer.problem());
    }
    var report = answer.body();
    long messages = report.path("messages").asLong();
    long duplicates = report.path("duplicates").asLong();
    return "%d packets, %d messages in %d dialogs; stored %d, skipped %d (duplicates), malformed %d"
        .formatted(
            report.path("packets").asLong(),
            messages,
            report.path("dialogs").asLong(),
            messages - duplicates,
            duplicates,
            report.path("malformed").asLong());
  }

  private static BodyPublisher body(InputStream content, long size) {
    return size == 0
        ? BodyPublishers.noBody()
        : BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> content), size);
  }

  /// Shows a progress bar where somebody sees it.
  private static InputStream watched(InputStream content, Path file) throws IOException {
    if (!Terminal.ofThisProcess().err()) {
      return content;
    }
    return ProgressBar.wrap(
        content,
        new ProgressBarBuilder()
            .setTaskName(Printable.line(String.valueOf(file.getFileName())))
            .setInitialMax(Files.size(file))
            .setUnit(" MB", MEGABYTE)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(REDRAW_MILLIS)
            .setConsumer(new ConsoleProgressBarConsumer(System.err)));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
