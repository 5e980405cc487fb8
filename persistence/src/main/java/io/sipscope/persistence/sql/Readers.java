package io.sipscope.persistence.sql;

import io.sipscope.persistence.statistics.Queries;
import java.sql.SQLRecoverableException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Threads that questions to a database are asked on, so that no actor waits for it, and nobody
/// for ever:
///
/// - While the database does not answer, a question fails at once: [SQLRecoverableException].
/// - What is not answered in time fails with a [java.util.concurrent.TimeoutException].
/// - What would queue beyond [#MAX_QUEUED] fails at once, with a [RejectedExecutionException].
public final class Readers implements AutoCloseable {
  /// Questions that wait for a thread at most: more would be answered after their askers left.
  private static final int MAX_QUEUED = 256;

  private static final Duration WAITING = Duration.ofMillis(500);

  private final ThreadPoolExecutor threads;
  private final Duration patience;
  private final BooleanSupplier answers;
  private final Queries queries;

  /// @param count questions that are asked at once, with a connection each
  /// @param timeout how long an answer may take, besides a moment for a thread and a connection
  /// @param answers whether the database does; else nothing is asked
  public Readers(int count, Duration timeout, BooleanSupplier answers) {
    this(count, timeout, answers, Queries.UNCOUNTED);
  }

  /// @param queries counts what is asked
  public Readers(int count, Duration timeout, BooleanSupplier answers, Queries queries) {
    this.queries = queries;
    this.patience = timeout.plus(WAITING);
    this.answers = answers;
    threads =
        new ThreadPoolExecutor(
            count,
            count,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_QUEUED),
            Thread.ofPlatform().name("store-read-", 0).daemon().factory());
  }

  public <T> CompletionStage<T> run(Callable<T> question) {
    var answer = new CompletableFuture<T>();
    if (!answers.getAsBoolean()) {
      answer.completeExceptionally(new SQLRecoverableException("the store does not answer"));
      return answer;
    }
    answer.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    try {
      threads.execute(() -> complete(answer, question));
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(e);
    }
    return answer;
  }

  // Error Prone wants no catch-all; here every failure must reach whoever waits for the answer.
  private <T> void complete(CompletableFuture<T> answer, Callable<T> question) {
    if (answer.isDone()) {
      return; // who asked has left
    }
    long begun = System.nanoTime();
    var sql = NotedSql.begin();
    try {
      answer.complete(question.call());
    } catch (Exception e) {
      answer.completeExceptionally(e);
    } finally {
      sql.end();
      queries.took(System.nanoTime() - begun, sql::longest);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
