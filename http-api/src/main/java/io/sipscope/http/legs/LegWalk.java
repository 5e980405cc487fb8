package io.sipscope.http.legs;

import io.sipscope.http.dialogs.StoredDialogs;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.persistence.index.Related;
import io.sipscope.persistence.wire.NewerVersion;
import io.sipscope.protocol.legs.LegEdges;
import io.sipscope.protocol.legs.LegFacts;
import io.sipscope.protocol.legs.LegGraph;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/// Walks from one dialog to the other legs of its call, breadth first: those that the index names
/// are read, their messages say what joins them, and of those that are joined the next ones are
/// asked for. Mutable, as one request owns it; its steps follow each other.
final class LegWalk {
  /// Dialogs whose messages are read for one answer: all that the first leg may have in common, or
  /// 16 legs and seven strangers for each.
  static final int MAX_READ = 128;

  /// Messages that are read of one dialog: a call has dozens, of a long one hundreds.
  static final int MAX_MESSAGES = 2_000;

  /// Legs of legs of legs: a call through as many B2BUAs is none.
  private static final int MAX_ROUNDS = 8;

  /// Journals that are read at once.
  private static final int PARALLEL = 8;

  private final ActorSystem<?> system;
  private final StoredDialogs stored;
  private final LegSearch search;
  private final DialogRow asked;
  private final Map<String, DialogRow> rows = new LinkedHashMap<>();
  private final List<LegFacts> read = new ArrayList<>();
  private final Set<String> followed = new HashSet<>();
  private final Set<String> missing = new HashSet<>();

  /// @param legs the asked one first
  /// @param missing why there may be more, a sentence each; empty when these are all
  record Call(List<DialogRow> legs, LegGraph graph, Set<String> missing) {}

  private LegWalk(ActorSystem<?> system, StoredDialogs stored, DialogRow asked, long now) {
    this.system = system;
    this.stored = stored;
    this.search = new LegSearch(stored, now);
    this.asked = asked;
  }

  /// @param now nanoseconds since the epoch
  static CompletionStage<Call> from(
      DialogRow asked, ActorSystem<?> system, StoredDialogs stored, long now) {
    var walk = new LegWalk(system, stored, asked, now);
    return walk.read(List.of(asked)).thenCompose(_ -> walk.round(1));
  }

  private CompletionStage<Call> round(int number) {
    var graph = LegGraph.of(asked.key(), LegEdges.among(read, stored.legs()));
    var next = new ArrayList<LegFacts>();
    for (var facts : read) {
      if (graph.confidence().containsKey(facts.key()) && followed.add(facts.key())) {
        next.add(facts);
      }
    }
    if (next.isEmpty()) {
      return CompletableFuture.completedStage(call(graph));
    }
    if (number > MAX_ROUNDS) {
      missing.add("The call goes on through more B2BUAs than are followed.");
      return CompletableFuture.completedStage(call(graph));
    }
    return Source.from(next)
        .mapAsync(PARALLEL, search::candidates)
        .runWith(Sink.seq(), system)
        .thenCompose(found -> read(unread(found)))
        .thenCompose(_ -> round(number + 1));
  }

  private List<DialogRow> unread(List<Related> found) {
    var unread = new LinkedHashMap<String, DialogRow>();
    for (var related : found) {
      if (!related.complete()) {
        missing.add(
            "A leg has something in common with more dialogs than are looked at, or with some from"
                + " long ago.");
      }
      for (var row : related.rows()) {
        if (!rows.containsKey(row.key())) {
          unread.putIfAbsent(row.key(), row);
        }
      }
    }
    var some = unread.values().stream().limit(Math.max(0, MAX_READ - rows.size())).toList();
    if (some.size() < unread.size()) {
      missing.add("More than " + MAX_READ + " dialogs may belong to the call.");
    }
    return some;
  }

  private CompletionStage<?> read(List<DialogRow> some) {
    some.forEach(row -> rows.put(row.key(), row));
    return Source.from(some)
        .mapAsync(PARALLEL, row -> reading(row).thenApply(told -> Pair.create(row, told)))
        .runForeach(told -> take(told.first(), told.second()), system);
  }

  private CompletionStage<LegFacts.Reading> reading(DialogRow row) {
    return stored
        .history()
        .messages(row.key(), Long.MAX_VALUE)
        .take(MAX_MESSAGES + 1L)
        .runFold(new LegFacts.Reading(stored.legs()), LegFacts.Reading::add, system)
        .exceptionallyCompose(this::unlessNewer);
  }

  /// A dialog that a newer version wrote cannot be read here, and takes no others with it.
  private CompletionStage<LegFacts.Reading> unlessNewer(Throwable failure) {
    var cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof NewerVersion
        ? CompletableFuture.completedStage(new LegFacts.Reading(stored.legs()))
        : CompletableFuture.failedStage(failure);
  }

  private void take(DialogRow row, LegFacts.Reading told) {
    if (told.messages() > MAX_MESSAGES) {
      missing.add("Of a dialog the first " + MAX_MESSAGES + " messages were read.");
    }
    if (told.messages() == 0) {
      missing.add("Of a dialog no message can be read.");
    }
    read.add(told.facts(row.key(), row.summary()));
  }

  private Call call(LegGraph graph) {
    if (graph.full()) {
      missing.add("The call has more than " + LegGraph.MAX_LEGS + " legs.");
    }
    var legs = graph.confidence().keySet().stream().map(rows::get).toList();
    return new Call(legs, graph, Set.copyOf(missing));
  }
}
