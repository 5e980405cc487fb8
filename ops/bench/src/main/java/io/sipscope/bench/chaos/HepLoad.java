package io.sipscope.bench.chaos;

import io.sipscope.bench.load.Load;
import io.sipscope.bench.load.LoadSettings;
import io.sipscope.protocol.net.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/// An agent that sends HEP over TCP all the time, and connects anew to a node that was started
/// again. Nobody acknowledges HEP: what was on its way when the node was killed is gone.
final class HepLoad {
  /// Longer than any run.
  private static final Duration FOR_EVER = Duration.ofDays(1);

  /// A node that reads no more for so long is given up.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration TALK = Duration.ofSeconds(1);

  private final InetSocketAddress target;
  private final int rate;
  private final String run;
  private int connections;
  private Optional<Connection> current = Optional.empty();
  private long sent;
  private boolean broken;

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
      thread.join(PATIENCE);
      thread.interrupt(); // breaks the connection
      thread.join();
    }
  }

  /// To a node that is new: what was sent before does not count.
  void connectAnew() throws InterruptedException {
    hangUp();
    sent = 0;
    broken = false;
    connect();
  }

  void connect() {
    current =
        Optional.of(
            new Connection(
                new Load(
                    new LoadSettings(
                        target, Transport.TCP, rate, FOR_EVER, TALK, run + "-" + connections++))));
  }

  /// Sends what is due and ends the connection, in the middle of calls.
  void hangUp() throws InterruptedException {
    if (current.isPresent()) {
      current.get().end();
      sent += current.get().load.sent();
      broken |= current.get().broken;
      current = Optional.empty();
    }
  }

  /// Whether the node hung up, or was killed, since it is new.
  boolean isBroken() {
    return broken || current.map(connection -> connection.broken).orElse(false);
  }

  /// Messages sent since the node is new, over the connections that ended.
  long sent() {
    return sent;
  }
}
