package io.sipscope.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/// Writes every skipped or aborted test with its reason to `target/skipped-tests.txt`, empty when
/// there was none. Surefire's own reports miss some kinds of skip.
public final class SkipReport implements TestExecutionListener {
  private static final Path REPORT = Path.of("target", "skipped-tests.txt");

  @Override
  public void executionSkipped(TestIdentifier id, String reason) {
    write("SKIPPED " + id.getUniqueId() + ": " + reason + "\n");
  }

  @Override
  public void executionFinished(TestIdentifier id, TestExecutionResult result) {
    if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
      write(
          "ABORTED "
              + id.getUniqueId()
              + ": "
              + result.getThrowable().map(Throwable::getMessage).orElse("no reason")
              + "\n");
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    write("");
  }

  private static void write(String line) {
    try {
      Files.createDirectories(REPORT.getParent());
      Files.writeString(REPORT, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
