package io.sipscope.persistence.sql;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Threads that questions to a database are asked on, so that no actor waits for it. What would
/// queue beyond [#MAX_QUEUED] fails at once, with a [RejectedExecutionException].
public final class Readers implements AutoCloseable {
  /// Questions that wait for a thread at most: more would be answered after their askers left.
  private static final int MAX_QUEUED = 256;

  private final ThreadPoolExecutor threads;

  /// @param count questions that are asked at once, with a connection each
  public Readers(int count) {
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
    try {
      threads.execute(() -> complete(answer, question));
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(e);
    }
    return answer;
  }

  // Error Prone wants no catch-all; here every failure must reach whoever waits for the answer.
  private static <T> void complete(CompletableFuture<T> answer, Callable<T> question) {
    try {
      answer.complete(question.call());
    } catch (Exception e) {
      answer.completeExceptionally(e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
