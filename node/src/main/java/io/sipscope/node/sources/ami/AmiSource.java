package io.sipscope.node.sources.ami;

import io.sipscope.http.agents.SourceState;
import io.sipscope.node.ingest.Ingest;
import io.sipscope.node.sources.Backoff;
import io.sipscope.node.sources.CaptureSource;
import io.sipscope.node.sources.Handover;
import io.sipscope.node.sources.Tally;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.asteriskjava.manager.AuthenticationFailedException;
import org.asteriskjava.manager.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the SIP messages that an Asterisk logs, by its manager interface; for ever, however often
/// the connection ends.
public final class AmiSource implements CaptureSource {
  private static final Logger LOG = LoggerFactory.getLogger(AmiSource.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /// Who is refused too often may be shut out by the server's owner.
  private static final Duration FIRST_PAUSE_WHEN_REFUSED = Duration.ofSeconds(15);

  private static final Duration LONGEST_PAUSE_WHEN_REFUSED = Duration.ofMinutes(5);

  /// A connection that brings nothing may be dead: so often it is asked.
  private static final long PING_SECONDS = 60;

  private final AmiSettings settings;
  private final Ingest ingest;
  private final LongSupplier clock;
  private final Handover handover;
  private final Tally tally;
  private final PjsipLogger logger = new PjsipLogger();
  private final Backoff away = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
  private final Backoff refused = new Backoff(FIRST_PAUSE_WHEN_REFUSED, LONGEST_PAUSE_WHEN_REFUSED);
  private final CompletableFuture<Void> closing = new CompletableFuture<>();
  private final CompletableFuture<Done> finished = new CompletableFuture<>();
  private String told = "";

  private AmiSource(
      ActorSystem<?> system, AmiSettings settings, Ingest ingest, LongSupplier clock) {
    this.settings = settings;
    this.ingest = ingest;
    this.clock = clock;
    this.handover = new Handover(system, ingest.passage());
    this.tally = new Tally("ami", settings.server(), clock);
  }

  /// Starts to connect.
  ///
  /// @param clock nanoseconds since the epoch
  public static AmiSource open(
      ActorSystem<?> system, AmiSettings settings, Ingest ingest, LongSupplier clock) {
    var source = new AmiSource(system, settings, ingest, clock);
    Thread.ofPlatform().daemon().name("ami-" + settings.host()).start(source::run);
    return source;
  }

  @Override
  public List<SourceState> states() {
    return List.of(tally.state());
  }

  @Override
  public CompletionStage<Done> close() {
    closing.complete(null);
    return finished.thenCompose(_ -> handover.end());
  }

  private void run() {
    try {
      while (!closing.isDone()) {
        rest(connectAndRead());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      finished.complete(Done.getInstance());
    }
  }

  /// Why it is connected no longer, and how long to wait before it is tried again.
  private record Ended(String why, Backoff backoff) {}

  private void rest(Ended ended) throws InterruptedException {
    if (closing.isDone()) {
      return;
    }
    var pause = ended.backoff().pause();
    var again = " It is tried again " + pause.toSeconds() + " s later.";
    tally.connecting(ended.why() + again);
    if (!ended.why().equals(told)) {
      told = ended.why();
      LOG.warn("{}{}", ended.why(), again);
    }
    waitFor(closing, pause.toMillis());
  }

  /// One connection, from its beginning to its end.
  private Ended connectAndRead() throws InterruptedException {
    var connection =
        new AmiConnection(
            settings, server -> new AmiLog(settings, server, ingest, handover, tally, clock));
    try {
      connection.login("on");
      refused.wentWell();
      away.wentWell();
      var trouble = logger.on(connection);
      tally.up(trouble);
      told = "";
      LOG.info("reads what Asterisk at {} logs", settings.server());
      if (!trouble.isEmpty()) {
        LOG.warn("{}", trouble);
      }
      stay(connection);
      return new Ended(server() + " has ended the connection.", away);
    } catch (AuthenticationFailedException e) {
      return new Ended(
          server()
              + " does not let \""
              + settings.username()
              + "\" in (it says \""
              + e.getMessage()
              + "\"): sipscope.ami.username and .password must be those of its manager.conf.",
          refused);
    } catch (TimeoutException e) {
      return new Ended(server() + " does not answer as a manager interface does.", away);
    } catch (IOException | IllegalStateException e) {
      return new Ended(server() + " cannot be reached: " + e.getMessage() + ".", away);
    } finally {
      connection.cut();
    }
  }

  private String server() {
    return "Asterisk at " + settings.server();
  }

  /// Until the connection ends, or this is closed.
  private void stay(AmiConnection connection)
      throws InterruptedException, IOException, TimeoutException {
    var either = CompletableFuture.anyOf(connection.ended(), closing);
    while (!waitFor(either, TimeUnit.SECONDS.toMillis(PING_SECONDS))) {
      long before = tally.state().received();
      try {
        connection.ping();
      } catch (TimeoutException e) {
        if (tally.state().received() == before) {
          throw e;
        }
      }
    }
    if (!connection.ended().isDone()) {
      logger.off(connection);
      connection.logoff();
      waitFor(connection.ended(), AmiConnection.ANSWER_MILLIS);
    }
  }

  /// Whether it was done within that time.
  private static boolean waitFor(CompletableFuture<?> what, long millis)
      throws InterruptedException {
    try {
      what.get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException e) {
      throw new AssertionError("it only completes", e);
    } catch (java.util.concurrent.TimeoutException notYet) {
      return false;
    }
  }
}
