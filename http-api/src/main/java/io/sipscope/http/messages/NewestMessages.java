package io.sipscope.http.messages;

import io.sipscope.http.Problem;
import io.sipscope.http.dialogs.StoredDialogs;
import io.sipscope.http.json.Rfc3339;
import io.sipscope.http.live.Live;
import io.sipscope.persistence.index.DialogIndex;
import io.sipscope.persistence.index.DialogQuery;
import io.sipscope.persistence.index.DialogRow;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Source;

/// Lists messages across dialogs, newest first. The index gives dialogs by their last message,
/// newest first; no message of a dialog is newer than that. So once enough messages are newer than
/// the next dialog's last one, they are the newest there are.
///
/// To go on from a time T, the dialogs that began by T are looked through in the same order: first
/// those that went on after T, which have been seen on earlier pages, then those that ended by T.
public final class NewestMessages {
  /// Dialogs read for one page. A page that ends here for lack of matches is short and has a next.
  static final int MAX_DIALOGS = 2_000;

  private static final int ROWS = 200;

  /// Replays under way at once: each holds a page's worth of messages.
  private static final int PARALLEL = 4;

  private final ActorSystem<?> system;
  private final StoredDialogs stored;

  public NewestMessages(ActorSystem<?> system, StoredDialogs stored) {
    this.system = system;
    this.stored = stored;
  }

  /// @param next where to go on; empty at the end
  public record Page(List<Live.Message> messages, Optional<MessageCursor> next) {}

  public CompletionStage<Page> page(
      DialogQuery query, Optional<MessageCursor> after, int limit, long now) {
    return new Search(query, after, limit, now).go(Optional.empty(), 0);
  }

  private final class Search {
    private final DialogQuery dialogs;
    private final Predicate<Live.Message> wanted;
    private final Optional<MessageCursor> after;
    private final int limit;
    private final long now;
    private final Newest found;

    Search(DialogQuery query, Optional<MessageCursor> after, int limit, long now) {
      this.dialogs = dialogsOf(query, after);
      var byFilters = Wanted.inChosenDialogs(query);
      this.wanted =
          after
              .<Predicate<Live.Message>>map(cursor -> cursor::isBefore)
              .orElse(_ -> true)
              .and(byFilters);
      this.after = after;
      this.limit = limit;
      this.now = now;
      this.found = new Newest(limit);
    }

    CompletionStage<Page> go(Optional<DialogIndex.Cursor> from, int scanned) {
      return stored
          .index()
          .recent(dialogs, from, ROWS, now)
          .thenCompose(rows -> read(rows.rows()).thenCompose(_ -> goOn(rows, scanned)));
    }

    private CompletionStage<?> read(List<DialogRow> rows) {
      return Source.from(rows)
          .takeWhile(row -> !found.isFullAfter(row.summary().updatedAt()))
          .mapAsync(PARALLEL, this::newestOf)
          .runForeach(found::addAll, system);
    }

    private CompletionStage<Newest> newestOf(DialogRow row) {
      return stored
          .history()
          .messages(row.key(), Long.MAX_VALUE)
          .map(rung -> new Live.Message(row.key(), rung))
          .filter(wanted::test)
          .runFold(new Newest(limit), Newest::add, system);
    }

    private CompletionStage<Page> goOn(DialogIndex.Page rows, int before) {
      int scanned = before + rows.rows().size();
      if (rows.next().isEmpty() || rows.rows().isEmpty()) {
        return done(found.list(), found.lost());
      }
      long last = rows.rows().getLast().summary().updatedAt();
      if (found.isFullAfter(last)) {
        return done(found.list(), true);
      }
      return scanned < MAX_DIALOGS ? go(rows.next(), scanned) : cutShort(last);
    }

    private CompletionStage<Page> done(List<Live.Message> messages, boolean more) {
      var next =
          more
              ? Optional.of(MessageCursor.of(messages.getLast()))
              : Optional.<MessageCursor>empty();
      return CompletableFuture.completedStage(new Page(messages, next));
    }

    /// What is newer than any dialog not looked at is certain; the rest is for the next page.
    private CompletionStage<Page> cutShort(long last) {
      if (after.isPresent() && after.get().time() <= last) {
        return CompletableFuture.failedStage(
            Problem.of(
                    422,
                    "More than "
                        + MAX_DIALOGS
                        + " matching dialogs were going on at "
                        + Rfc3339.text(after.get().time())
                        + " (narrow the search by a filter)")
                .refused());
      }
      return CompletableFuture.completedStage(
          new Page(found.after(last), Optional.of(MessageCursor.before(last))));
    }
  }

  /// The filters that choose dialogs; those of [Wanted] that a dialog's row cannot vouch for are
  /// left to the messages.
  private static DialogQuery dialogsOf(DialogQuery query, Optional<MessageCursor> after) {
    long end = query.end().orElse(Long.MAX_VALUE);
    long until = after.map(cursor -> Math.min(end, cursor.time() + 1)).orElse(end);
    var chosen =
        query.but().method(Optional.empty()).status(Optional.empty()).text(Optional.empty());
    return (until == Long.MAX_VALUE ? chosen : chosen.end(until)).build();
  }
}
