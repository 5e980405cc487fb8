package io.sipscope.http.legs;

import io.sipscope.http.dialogs.StoredDialogs;
import io.sipscope.persistence.index.DialogIndex;
import io.sipscope.persistence.index.DialogQuery;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.persistence.index.Related;
import io.sipscope.protocol.legs.LegFacts;
import io.sipscope.protocol.legs.LegRules;
import io.sipscope.protocol.sip.CallId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Asks the index which dialogs may belong to one: those that have something in common with it,
/// that name it or that it names, and those that call the same moments apart. Their messages then
/// tell (see [LegWalk]).
final class LegSearch {
  /// Rows of one question. What has more in common is no call.
  static final int MAX_ROWS = 64;

  /// Rows of a question for what strangers may have in common, too.
  static final int MAX_COMMON = 32;

  /// Call-IDs that one dialog names and that are looked up.
  private static final int MAX_NAMED = 8;

  /// REFERs of one dialog that are followed up.
  private static final int MAX_ASKED = 4;

  /// How long after a REFER a call is looked for that does not say that it was referred.
  private static final Duration AFTER_REFER = Duration.ofSeconds(10);

  /// How far clocks of two agents may be apart.
  private static final Duration SKEW = Duration.ofMillis(100);

  private final DialogIndex index;
  private final LegRules rules;
  private final long now;

  /// @param now nanoseconds since the epoch
  LegSearch(StoredDialogs stored, long now) {
    this.index = stored.index();
    this.rules = stored.legs();
    this.now = now;
  }

  /// Dialogs that may belong to one, each once, those first that say most: what is asked for last
  /// is what everybody has in common where something makes many calls of one kind.
  CompletionStage<Related> candidates(LegFacts leg) {
    var questions = new ArrayList<CompletionStage<Related>>();
    questions.add(linked(leg));
    leg.named().stream().limit(MAX_NAMED).map(this::named).forEach(questions::add);
    leg.asked(rules).stream().limit(MAX_ASKED).map(this::referred).forEach(questions::add);
    if (leg.summary().method().equals("INVITE") && rules.proximity() > 0) {
      alike(leg).map(LegSearch::allOrNone).ifPresent(questions::add);
    }
    questions.add(allOrNone(media(leg)));
    return together(questions);
  }

  private CompletionStage<Related> linked(LegFacts leg) {
    long end = Math.max(leg.summary().updatedAt(), Math.min(leg.end(), now));
    return index.linked(
        leg.names(rules),
        leg.summary().startedAt() - rules.window(),
        end + rules.window(),
        MAX_ROWS);
  }

  private CompletionStage<Related> media(LegFacts leg) {
    return index.linked(
        leg.media(), leg.summary().startedAt(), leg.summary().updatedAt(), MAX_COMMON);
  }

  /// What is told from others by seeing them all is not told from a part of them.
  private static CompletionStage<Related> allOrNone(CompletionStage<Related> related) {
    return related.thenApply(
        found -> found.complete() ? found : new Related(List.of(), /* complete */ false));
  }

  private CompletionStage<Related> named(String callId) {
    return index
        .search(DialogQuery.ofDialog(CallId.of(callId).key()), Optional.empty(), 1, now)
        .thenApply(page -> new Related(page.rows(), true));
  }

  private Optional<CompletionStage<Related>> alike(LegFacts leg) {
    if (leg.caller().isEmpty() || leg.callee().isEmpty()) {
      return Optional.empty();
    }
    long start = leg.summary().startedAt();
    long around = rules.proximity() + SKEW.toNanos();
    return Optional.of(
        index.begun(
            calls(Optional.of(leg.caller()), Optional.of(leg.callee())),
            start - around,
            start + around,
            MAX_COMMON,
            now));
  }

  private CompletionStage<Related> referred(LegFacts.Asked asked) {
    return index.begun(
        calls(Optional.empty(), Optional.of(asked.target())),
        asked.time() - SKEW.toNanos(),
        asked.time() + AFTER_REFER.toNanos(),
        MAX_COMMON,
        now);
  }

  private static DialogQuery calls(Optional<String> from, Optional<String> to) {
    return DialogQuery.where().method("INVITE").from(from).to(to).build();
  }

  private static CompletionStage<Related> together(List<CompletionStage<Related>> questions) {
    var answers = questions.stream().map(CompletionStage::toCompletableFuture).toList();
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(
            _ -> {
              var rows = new LinkedHashSet<DialogRow>();
              boolean complete = true;
              for (var answer : answers) {
                rows.addAll(answer.join().rows());
                complete &= answer.join().complete();
              }
              return new Related(List.copyOf(rows), complete);
            });
  }
}
