package io.sipscope.bench.chaos;

import io.sipscope.bench.load.Load;
import io.sipscope.bench.load.LoadSettings;
import io.sipscope.protocol.net.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/// An agent that sends HEP over TCP all the time, and connects anew to a node that was started
/// again. Nobody acknowledges HEP: what was on its way when the node was killed is gone.
final class HepLoad {
  /// Longer than any run.
  private static final Duration FOR_EVER = Duration.ofDays(1);

  private static final Duration TALK = Duration.ofSeconds(1);

  private final InetSocketAddress target;
  private final int rate;
  private final String run;
  private int connections;
  private Connection current;

  /// @param rate messages a second
  HepLoad(InetSocketAddress target, int rate, String run) {
    this.target = target;
    this.rate = rate;
    this.run = run;
  }

  /// One connection and the calls that are sent over it.
  private static final class Connection {
    private final Load load;
    private final Thread thread;
    private volatile boolean broken;

    Connection(Load load) {
      this.load = load;
      this.thread = Thread.ofPlatform().daemon().name("hep-load").start(this::run);
    }

    private void run() {
      try {
        load.send();
      } catch (IOException _) {
        broken = true;
      }
    }

    void end() throws InterruptedException {
      load.stop();
      thread.join();
    }
  }

  void connect() throws InterruptedException {
    if (current != null) {
      current.end();
    }
    current =
        new Connection(
            new Load(
                new LoadSettings(
                    target, Transport.TCP, rate, FOR_EVER, TALK, run + "-" + connections++)));
  }

  /// Whether the node hung up.
  boolean isBroken() {
    return current.broken;
  }

  /// Hangs up.
  ///
  /// @return messages sent since [#connect]
  long end() throws InterruptedException {
    current.end();
    return current.load.sent();
  }
}
