package io.sipscope.persistence.journal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;

/// The events of one entity as a stream, read a page at a time as its reader asks for more.
public final class JournalPages {
  private JournalPages() {}

  /// Reads the first events of an entity from one sequence number to another, both included.
  @FunctionalInterface
  public interface Reading {
    CompletionStage<List<JournalEntry>> page(String id, long from, long to, int limit);
  }

  public static Source<JournalEntry, NotUsed> of(
      String id, long from, long to, int limit, Reading reading) {
    return Source.unfoldAsync(
            from,
            next ->
                reading
                    .page(id, next, to, limit)
                    .thenApply(
                        page ->
                            page.isEmpty()
                                ? Optional.<Pair<Long, List<JournalEntry>>>empty()
                                : Optional.of(Pair.create(page.getLast().sequence() + 1, page))))
        .mapConcat(page -> page);
  }
}
