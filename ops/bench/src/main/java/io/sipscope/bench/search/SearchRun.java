package io.sipscope.bench.search;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sipscope.persistence.index.DialogIndex;
import io.sipscope.persistence.index.DialogIndex.Cursor;
import io.sipscope.persistence.index.DialogIndex.Page;
import io.sipscope.persistence.index.DialogQuery;
import io.sipscope.persistence.index.JdbcDialogIndex;
import io.sipscope.persistence.index.PostgresIndexParts;
import io.sipscope.persistence.sql.Readers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.IntFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// How long searches of a large index in PostgreSQL take: the newest 100 by each filter, later
/// pages, dialogs near a time. Prints the shortest, the middle one and the one that 95 % are below.
@Command(name = "search", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class SearchRun implements Callable<Integer> {
  private static final String POSTGRES = "postgres";
  private static final int PAGE = 100;
  private static final int WARM_UP = 3;
  private static final int CONNECTIONS = 4;
  private static final long MONTH = 30L * 86_400 * 1_000_000_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private static final String SIZES =
      """
      select sum(pg_table_size(relid)), sum(pg_indexes_size(relid))
      from pg_partition_tree('dialog_index') where isleaf
      """;

  @Option(names = "--store", defaultValue = POSTGRES, description = "postgres.")
  private String store;

  @Option(names = "--dialogs", defaultValue = "10000000", description = "Dialogs of 30 days.")
  private long dialogs;

  @Option(names = "--segments", defaultValue = "10", description = "Segments they are in.")
  private int segments;

  @Option(names = "--tail", defaultValue = "45000", description = "More that are not settled yet.")
  private long tail;

  @Option(names = "--rounds", defaultValue = "20", description = "Times each is asked.")
  private int rounds;

  @Option(names = "--keep", description = "Ask what an earlier run left in the database.")
  private boolean keep;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new SearchRun()).execute(arguments));
  }

  @Override
  public Integer call() throws SQLException, InterruptedException, ExecutionException {
    if (!store.equals(POSTGRES)) {
      System.err.println("--store " + store + " (wanted: postgres)");
      return 2;
    }
    try (var source = source();
        var readers = new Readers(CONNECTIONS, TIMEOUT, () -> true)) {
      long end = 1_790_000_000_000_000_000L;
      var rows = new MadeRows(dialogs + tail, end - MONTH, end);
      if (!keep) {
        make(source, rows);
      } else {
        new MadeIndex(source).searchIndexes();
      }
      sizes(source);
      var index = new JdbcDialogIndex(source, new PostgresIndexParts(), readers, TIMEOUT);
      System.out.printf("%-22s | found |  min |  p50 |  p95 ms%n", "newest " + PAGE + " by");
      for (var question : Questions.of(rows)) {
        ask(
            question.name(),
            i -> index.search(question.query().apply(i), Optional.empty(), PAGE, end));
      }
      pages(index, end);
      ask("recent", _ -> index.recent(new Asked().build(), Optional.empty(), PAGE, end));
      ask(
          "recent, a user",
          i ->
              index.recent(
                  new Asked().user(MadeRows.user(i)).build(), Optional.empty(), PAGE, end));
      long second = 1_000_000_000L;
      ask(
          "around a time",
          i -> around(index, end - MONTH / 40 * (i + 1), 5 * second, new Asked(), end));
      ask(
          "around, absent user",
          i ->
              around(
                  index, end - MONTH / 40 * (i + 1), 60 * second, new Asked().user("nobody"), end));
    }
    return 0;
  }

  private static CompletionStage<Page> around(
      DialogIndex index, long time, long window, Asked asked, long now) {
    return index
        .around(time, window, asked.build(), PAGE, now)
        .thenApply(found -> new Page(found, Optional.empty()));
  }

  private static HikariDataSource source() {
    var settings = new HikariConfig();
    var environment = System.getenv();
    settings.setJdbcUrl(environment.get("SIPSCOPE_POSTGRES_URL"));
    settings.setUsername(environment.get("SIPSCOPE_POSTGRES_USER"));
    settings.setPassword(environment.getOrDefault("SIPSCOPE_POSTGRES_PASSWORD", ""));
    // As a node does.
    settings.setConnectionInitSql("set plan_cache_mode = force_custom_plan");
    settings.setMaximumPoolSize(CONNECTIONS);
    return new HikariDataSource(settings);
  }

  private void make(HikariDataSource source, MadeRows rows)
      throws SQLException, InterruptedException, ExecutionException {
    long begun = System.nanoTime();
    var made = new MadeIndex(source);
    for (int i = 0; i < segments; i++) {
      if (i > 0) {
        made.nextSegment();
      }
      made.write(rows, dialogs * i / segments, dialogs * (i + 1) / segments);
    }
    System.out.printf("%d dialogs written in %d s%n", dialogs, seconds(begun));
    sizes(source);
    begun = System.nanoTime();
    try (var connection = source.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("vacuum analyze dialog_index");
    }
    made.searchIndexes();
    System.out.printf("indexed for searches in %d s%n", seconds(begun));
    made.write(rows, dialogs, dialogs + tail);
  }

  private static long seconds(long since) {
    return (System.nanoTime() - since) / 1_000_000_000;
  }

  private void sizes(HikariDataSource source) throws SQLException {
    try (var connection = source.getConnection();
        var statement = connection.createStatement();
        var size = statement.executeQuery(SIZES)) {
      size.next();
      System.out.printf(
          "bytes a dialog: %d in rows, %d in indexes%n",
          size.getLong(1) / dialogs, size.getLong(2) / dialogs);
    }
  }

  private void pages(DialogIndex index, long now) throws InterruptedException, ExecutionException {
    var query = new Asked().method("REGISTER").build();
    var after = Optional.<Cursor>empty();
    for (int page = 2; page <= 50; page++) {
      after = index.search(query, after, PAGE, now).toCompletableFuture().get().next();
      if (page == 2 || page == 50) {
        var cursor = after;
        ask("method, page " + page, _ -> index.search(query, cursor, PAGE, now));
      }
    }
    var deep = Optional.of(new Cursor(now - MONTH / 3 * 2, ""));
    ask("all, page 60,000", _ -> index.search(new Asked().build(), deep, PAGE, now));
    ask("user, as deep", i -> index.search(user(i), deep, PAGE, now));
  }

  private static DialogQuery user(int round) {
    return new Asked().user(MadeRows.user(round)).build();
  }

  private void ask(String name, IntFunction<CompletionStage<Page>> question)
      throws InterruptedException, ExecutionException {
    var micros = new long[rounds];
    long found = 0;
    for (int i = -WARM_UP; i < rounds; i++) {
      long begun = System.nanoTime();
      var page = question.apply(i + WARM_UP).toCompletableFuture().get();
      if (i >= 0) {
        micros[i] = (System.nanoTime() - begun) / 1000;
        found = Math.max(found, page.rows().size());
      }
    }
    Arrays.sort(micros);
    System.out.printf(
        "%-22s | %5d | %4.1f | %4.1f | %4.1f%n",
        name,
        found,
        micros[0] / 1000.0,
        micros[rounds / 2] / 1000.0,
        micros[rounds * 19 / 20] / 1000.0);
  }
}
