package io.sipscope.http;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.japi.function.Function;

/// Questions to actors and stores: the one place with a timeout. What takes longer fails with
/// [java.util.concurrent.TimeoutException], which becomes a 503.
public record Asking(Scheduler scheduler, Duration timeout) {

  public <C, R> CompletionStage<R> ask(RecipientRef<C> who, Function<ActorRef<R>, C> question) {
    return AskPattern.ask(who, question, timeout, scheduler);
  }

  /// The same answer, if it comes in time.
  public <R> CompletionStage<R> within(CompletionStage<R> answer) {
    return answer.toCompletableFuture().copy().orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }
}
