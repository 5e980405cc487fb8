package io.sipscope.bench.storage;

import io.sipscope.bench.CapturedMessages;
import io.sipscope.bench.node.NodeProcess;
import io.sipscope.protocol.capture.Capture;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// How many bytes a message takes in PostgreSQL: as a row of a [HomerTable], and imported into a
/// node, for the same capture file. Sizes are those of the relations after a checkpoint: heap,
/// indexes and oversized values.
@Command(name = "storage", mixinStandardHelpOptions = true)
public final class StorageRun implements Callable<Integer> {
  private static final String SIZES =
      """
      select coalesce(root.relname, r.relname) as name,
        sum(pg_table_size(r.oid)) as rows, sum(pg_indexes_size(r.oid)) as indexes
      from pg_class r
        left join pg_inherits i on i.inhrelid = r.oid
        left join pg_class root on root.oid = i.inhparent
      where r.relkind in ('r', 'p') and r.relnamespace = 'public'::regnamespace
      group by 1 having sum(pg_total_relation_size(r.oid)) > 65536 order by 1
      """;

  private static final String EVENTS =
      "select count(*) as events, avg(length(event_payload)) as payload from event_journal";

  @Option(names = "--launcher", required = true, hidden = true)
  private Path launcher;

  @Option(names = "--store", defaultValue = "postgres", hidden = true)
  private String store;

  @Parameters(description = "A pcap or pcapng file.")
  private Path capture;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new StorageRun()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    var times = new LongSummaryStatistics();
    var bytes = new LongSummaryStatistics();
    CapturedMessages.forEach(
        capture,
        message -> {
          times.accept(message.time());
          bytes.accept(message.sip().length());
        });
    System.out.printf(
        "%d messages of %.0f bytes on average%n", bytes.getCount(), bytes.getAverage());
    long imported = intoNode();
    long rows = intoHomer(times);
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute("checkpoint");
      try (var events = statement.executeQuery(EVENTS)) {
        events.next();
        System.out.printf(
            "%d messages imported as %d events of %.0f bytes; %d Homer rows%n%n",
            imported, events.getLong("events"), events.getDouble("payload"), rows);
      }
      System.out.printf("%-21s |   rows | indexes |    all%n", "bytes a message");
      try (var sizes = statement.executeQuery(SIZES)) {
        while (sizes.next()) {
          var name = sizes.getString("name");
          double messages = name.startsWith("homer") ? rows : imported;
          double inRows = sizes.getLong("rows") / messages;
          double inIndexes = sizes.getLong("indexes") / messages;
          System.out.printf(
              "%-21s | %6.0f | %7.0f | %6.0f%n", name, inRows, inIndexes, inRows + inIndexes);
        }
      }
    }
    return 0;
  }

  private long intoNode() throws IOException, InterruptedException {
    var environment = new HashMap<>(Map.of("SIPSCOPE_STORE", store));
    try (var node = NodeProcess.start(launcher, environment)) {
      return node.post("/api/captures", BodyPublishers.ofFile(capture)).path("messages").asLong();
    }
  }

  private long intoHomer(LongSummaryStatistics times) throws IOException, SQLException {
    try (var connection = connect();
        var table = HomerTable.create(connection, times.getMin(), times.getMax())) {
      CapturedMessages.forEach(capture, message -> add(table, message));
      return table.rows();
    }
  }

  private static void add(HomerTable table, Capture message) {
    try {
      table.add(message);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Connection connect() throws SQLException {
    var environment = System.getenv();
    return DriverManager.getConnection(
        environment.get("SIPSCOPE_POSTGRES_URL"),
        environment.get("SIPSCOPE_POSTGRES_USER"),
        environment.getOrDefault("SIPSCOPE_POSTGRES_PASSWORD", ""));
  }
}
