package io.sipscope.persistence.journal;

import io.sipscope.persistence.sql.NotedSql;
import io.sipscope.persistence.sql.Pulse;
import io.sipscope.persistence.sql.StoreAway;
import io.sipscope.persistence.statistics.Queries;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells entities that wake what the journal knows of them. What many ask at once is asked of the
/// store together: one statement for hundreds that are new, one more for those that are not.
///
/// While the store is away an entity waits: it cannot be woken from nothing.
public final class JournalReader implements AutoCloseable {
  /// Entities with more events than this read them a page at a time.
  public static final int FEW = 64;

  private static final Logger LOG = LoggerFactory.getLogger(JournalReader.class);

  /// How often an idle reader looks whether it is to end.
  private static final long LOOK_MILLIS = 100;

  /// @param readers threads that read, with a connection each
  /// @param maxBatch entities asked for at once
  /// @param linger how long a reader waits for more to ask together
  public record Settings(int readers, int maxBatch, Duration linger) {}

  /// @param highest the highest sequence number, 0 when there is none
  /// @param events all of them when they are few, else none
  public record Known(long highest, List<JournalEntry> events) {
    static final Known NOTHING = new Known(0, List.of());
  }

  private sealed interface Question {
    record Wake(String id, CompletableFuture<Known> answer) implements Question {}

    record Page(
        String id, long from, long to, int limit, CompletableFuture<List<JournalEntry>> answer)
        implements Question {}

    CompletableFuture<?> answer();
  }

  private final JournalTable table;
  private final Settings settings;
  private final Pulse pulse;
  private final Queries queries;

  /// As long as there are entities: their number is bounded, and each asks once.
  private final BlockingQueue<Question> queue = new LinkedBlockingQueue<>();

  private final List<Thread> threads;
  private volatile boolean closing;

  /// @param source a pool with a connection for each reader
  /// @param queries counts what is asked of the store
  public JournalReader(DataSource source, Settings settings, Pulse pulse, Queries queries) {
    this.queries = queries;
    this.table = new JournalTable(source);
    this.settings = settings;
    this.pulse = pulse;
    threads =
        IntStream.range(0, settings.readers())
            .mapToObj(i -> Thread.ofPlatform().name("journal-read-" + i).daemon().start(this::run))
            .toList();
  }

  public CompletionStage<Known> wake(String id) {
    var answer = new CompletableFuture<Known>();
    queue.add(new Question.Wake(id, answer));
    return answer;
  }

  /// The first events of one entity from one sequence number to another, both included.
  public CompletionStage<List<JournalEntry>> page(String id, long from, long to, int limit) {
    var answer = new CompletableFuture<List<JournalEntry>>();
    queue.add(new Question.Page(id, from, to, limit, answer));
    return answer;
  }

  @Override
  public void close() {
    closing = true;
    threads.forEach(Thread::interrupt);
  }

  private void run() {
    var batch = new ArrayList<Question>(settings.maxBatch());
    try {
      while (!closing) {
        var first = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch, settings.maxBatch() - 1);
          if (batch.size() < settings.maxBatch()) {
            Thread.sleep(settings.linger());
            queue.drainTo(batch, settings.maxBatch() - batch.size());
          }
          answer(batch);
          batch.clear();
        }
      }
    } catch (InterruptedException e) {
      batch.forEach(question -> question.answer().completeExceptionally(e));
      Thread.currentThread().interrupt();
    }
  }

  private void read(List<Question> batch) throws SQLException {
    long begun = System.nanoTime();
    var sql = NotedSql.begin();
    try {
      wake(batch);
      pages(batch);
    } finally {
      sql.end();
      queries.took(System.nanoTime() - begun, sql::longest);
    }
  }

  private void answer(List<Question> batch) throws InterruptedException {
    for (int failures = 0; ; failures++) {
      try {
        read(batch);
        return;
      } catch (SQLException e) {
        if (!StoreAway.isWhy(e)) {
          batch.forEach(question -> question.answer().completeExceptionally(e));
          return;
        }
        if (failures == 0) {
          LOG.warn("the store is away, {} dialogs wait to be read: {}", batch.size(), e.toString());
        }
        pulse.pause(failures);
      } catch (RuntimeException e) {
        // A defect of the driver must not end the thread that everyone waits for.
        LOG.error("{} dialogs could not be read", batch.size(), e);
        batch.forEach(question -> question.answer().completeExceptionally(e));
        return;
      }
    }
  }

  private void wake(List<Question> batch) throws SQLException {
    var waking = new HashMap<String, List<CompletableFuture<Known>>>();
    for (var question : batch) {
      if (question instanceof Question.Wake(var id, var answer) && !answer.isDone()) {
        waking.computeIfAbsent(id, _ -> new ArrayList<>(1)).add(answer);
      }
    }
    if (waking.isEmpty()) {
      return;
    }
    var highest = table.highest(waking.keySet());
    var events = eventsOfThoseWithFew(highest);
    waking.forEach(
        (id, answers) -> {
          var known =
              highest.containsKey(id)
                  ? new Known(highest.get(id), events.getOrDefault(id, List.of()))
                  : Known.NOTHING;
          answers.forEach(answer -> answer.complete(known));
        });
  }

  private Map<String, List<JournalEntry>> eventsOfThoseWithFew(Map<String, Long> highest)
      throws SQLException {
    var few = new ArrayList<String>(highest.size());
    highest.forEach(
        (id, sequence) -> {
          if (sequence <= FEW) {
            few.add(id);
          }
        });
    return few.isEmpty() ? Map.of() : table.eventsOf(few);
  }

  private void pages(List<Question> batch) throws SQLException {
    for (var question : batch) {
      if (question instanceof Question.Page(var id, var from, var to, var limit, var answer)
          && !answer.isDone()) {
        answer.complete(table.page(id, from, to, limit));
      }
    }
  }
}
