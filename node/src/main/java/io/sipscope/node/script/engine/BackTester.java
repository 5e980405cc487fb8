package io.sipscope.node.script.engine;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.sipscope.http.script.BackTest;
import io.sipscope.http.script.Complaint;
import io.sipscope.http.script.Complaint.Severity;
import io.sipscope.node.script.compile.Outcome;
import io.sipscope.node.script.compile.Registry;
import io.sipscope.node.script.compile.Script;
import io.sipscope.node.script.compile.ScriptReader;
import io.sipscope.node.script.grammar.Includes;
import io.sipscope.persistence.dialog.DialogHistory;
import io.sipscope.persistence.index.DialogIndex;
import io.sipscope.persistence.index.DialogQuery;
import io.sipscope.persistence.statistics.PolicyStatistics;
import io.sipscope.persistence.statistics.StatisticsSettings;
import io.sipscope.persistence.trace.TraceSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;

/// Runs scripts over what is stored, one at a time, on a thread of its own: what is live goes
/// first.
public final class BackTester {
  /// Of one back-test: what a day of a small installation has, or what fits into the time.
  static final int MOST_DIALOGS = 100_000;

  static final long MOST_MESSAGES = 1_000_000;
  static final Duration LONGEST = Duration.ofSeconds(60);

  /// Of one dialog, which is held in memory.
  static final int MOST_OF_A_DIALOG = 20_000;

  private static final int PAGE = 200;
  private static final String NAME = "script";

  private final Parts parts;
  private final AtomicBoolean isBusy = new AtomicBoolean();

  /// What it runs with.
  ///
  /// @param registry by which trace_ids are configured
  /// @param statistics the node's, to be read
  /// @param clock nanoseconds since the epoch
  public record Parts(
      ActorSystem<?> system,
      Config config,
      Function<Predicate<String>, Registry> registry,
      PolicyEngine.TrunkOf trunks,
      PolicyStatistics statistics,
      long maxSteps,
      DialogIndex index,
      DialogHistory history,
      LongSupplier clock) {}

  public BackTester(Parts parts) {
    this.parts = parts;
  }

  /// @param text of a script; it reads no files of this machine
  public CompletionStage<BackTest> run(String text, DialogQuery on) {
    var any = parts.registry().apply(_ -> true); // it may define the trace_ids that it names
    var parsed = ScriptReader.parse(NAME, text, any, Includes.none());
    var first = parsed.judged(any);
    if (first instanceof Outcome.Refused refused) {
      return refused(PolicyLanguage.told(refused.complaints()));
    }
    Config config;
    TraceSettings tracing;
    StatisticsSettings statistics;
    try {
      config = PolicyLanguage.definitions((Script) first).over(parts.config()).config();
      tracing = TraceSettings.from(config);
      statistics = StatisticsSettings.from(config);
    } catch (ConfigException wrong) {
      return refused(List.of(Complaint.about(NAME, wrong.getMessage(), Severity.ERROR)));
    }
    return switch (parsed.judged(parts.registry().apply(tracing::isDefined))) {
      case Outcome.Refused(var complaints) -> refused(PolicyLanguage.told(complaints));
      case Script script -> start(new DryRun(parts, script, tracing, statistics), on);
    };
  }

  private static CompletionStage<BackTest> refused(List<Complaint> complaints) {
    return CompletableFuture.completedStage(new BackTest.Refused(complaints));
  }

  private CompletionStage<BackTest> start(DryRun run, DialogQuery on) {
    if (!isBusy.compareAndSet(false, true)) {
      return CompletableFuture.completedStage(new BackTest.Busy());
    }
    var answer = new CompletableFuture<BackTest>();
    Thread.ofPlatform()
        .name("script-back-test")
        .daemon()
        .priority(Thread.MIN_PRIORITY)
        .start(
            () -> {
              try {
                boolean complete = walk(run, on);
                answer.complete(run.result(complete));
              } catch (InterruptedException | ExecutionException | RuntimeException failure) {
                answer.completeExceptionally(
                    failure instanceof ExecutionException ? failure.getCause() : failure);
              } finally {
                isBusy.set(false);
              }
            });
    return answer;
  }

  /// @return false when a bound stopped it
  private boolean walk(DryRun run, DialogQuery on) throws InterruptedException, ExecutionException {
    long end = System.nanoTime() + LONGEST.toNanos();
    var after = Optional.<DialogIndex.Cursor>empty();
    try {
      while (true) {
        var page = await(parts.index().search(on, after, PAGE, parts.clock().getAsLong()), end);
        for (var row : page.rows()) {
          if (run.dialogs() >= MOST_DIALOGS || run.messages() >= MOST_MESSAGES) {
            return false;
          }
          var rungs =
              await(
                  parts
                      .history()
                      .messages(row.key(), Long.MAX_VALUE)
                      .take(MOST_OF_A_DIALOG)
                      .runWith(Sink.seq(), parts.system()),
                  end);
          run.over(row, rungs);
        }
        after = page.next();
        if (after.isEmpty()) {
          return true;
        }
      }
    } catch (TimeoutException _) {
      return false;
    }
  }

  private static <T> T await(CompletionStage<T> stage, long end)
      throws InterruptedException, ExecutionException, TimeoutException {
    return stage
        .toCompletableFuture()
        .get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
  }
}
