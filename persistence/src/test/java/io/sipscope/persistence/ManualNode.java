package io.sipscope.persistence;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;

/// An actor system that is in no cluster yet, whose timers go by a clock that the test moves.
public final class ManualNode implements AutoCloseable {
  private final ActorTestKit kit =
      ActorTestKit.create(
          ManualTime.config()
              .withFallback(
                  ConfigFactory.parseString(
                      """
                      pekko.actor.provider = cluster
                      pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                      """))
              .withFallback(ConfigFactory.load()));
  private final ManualTime time = ManualTime.get(kit.system());

  public ActorTestKit kit() {
    return kit;
  }

  public void secondsPass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      time.timePasses(Duration.ofSeconds(1));
    }
  }

  /// Asserts until it holds, second after second.
  public void eventually(Runnable assertion) {
    TestProbe.create(kit.system())
        .awaitAssert(
            () -> {
              secondsPass(1);
              assertion.run();
              return true;
            });
  }

  @Override
  public void close() {
    kit.system().terminate();
    var stopped = kit.system().getWhenTerminated().toCompletableFuture();
    while (!stopped.isDone()) { // it has timers of its own
      secondsPass(1);
    }
  }
}
