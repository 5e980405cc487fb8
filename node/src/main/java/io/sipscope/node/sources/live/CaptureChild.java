package io.sipscope.node.sources.live;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run of a capture program.
final class CaptureChild {
  private static final Logger LOG = LoggerFactory.getLogger(CaptureChild.class);

  /// A program that was asked to stop writes what it holds, and says what it dropped.
  private static final long STOP_SECONDS = 2;

  private static final File NOTHING = new File("/dev/null");

  private final Process process;
  private final ChildWords words = new ChildWords();
  private final Thread listener;

  private CaptureChild(Process process) {
    this.process = process;
    this.listener =
        Thread.ofVirtual().name("capture-words").start(() -> words.read(process.getErrorStream()));
  }

  /// @throws IOException when the program cannot be started at all
  static CaptureChild start(List<String> command) throws IOException {
    var builder = new ProcessBuilder(command).redirectInput(Redirect.from(NOTHING));
    builder.environment().put("LC_ALL", "C");
    return new CaptureChild(builder.start());
  }

  InputStream output() {
    return process.getInputStream();
  }

  /// Asks it to stop; its output goes on until it has. Who doesn't is stopped by force.
  void stop() {
    askToStop();
    Thread.ofVirtual().name("capture-stop").start(this::stopByForce);
  }

  /// Waits until it has ended, which it does about when its output does, and answers what it said.
  ChildWords ended() throws InterruptedException {
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      askToStop();
      stopByForce();
    }
    listener.join(Duration.ofSeconds(STOP_SECONDS));
    return words;
  }

  /// Between 0 and 255; 128 and more: by a signal.
  int exitCode() {
    return process.exitValue();
  }

  /// By its handle: [Process#destroy] would close its output, and what it still has to say is lost.
  private void askToStop() {
    if (!process.toHandle().destroy()) {
      LOG.debug("process {} had ended already", process.pid());
    }
  }

  private void stopByForce() {
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
