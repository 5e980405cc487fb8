package io.sipscope.node.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.NodeApi;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.trace.TraceDestination.Database;
import io.sipscope.protocol.Bytes;
import io.sipscope.testing.RequiresTool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real MariaDB, spoken to as OpenSIPS's `mysql://` means it.
@RequiresTool(value = "mariadbd", debian = "mariadb-server")
@RequiresTool(value = "mariadb-install-db", debian = "mariadb-server")
class MariaDbTest {
  private static final String INIT =
      """
      create database opensips;
      create user 'opensips'@'%' identified by 'opensipsrw';
      grant all on opensips.* to 'opensips'@'%';
      """;

  @TempDir private static Path data;
  private static Process server;
  private static Database database;

  @TempDir private Path folder;
  private final Counters counters = new Counters();

  @BeforeAll
  static void start() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var owner = "--user=" + System.getProperty("user.name");
    run(
        "mariadb-install-db",
        "--no-defaults",
        owner,
        "--datadir=" + data + "/db",
        "--skip-test-db");
    var init = Files.writeString(data.resolve("init.sql"), INIT);
    server =
        new ProcessBuilder(
                "mariadbd",
                "--no-defaults",
                owner,
                "--datadir=" + data + "/db",
                "--socket=" + data + "/s",
                "--pid-file=" + data + "/pid",
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--skip-name-resolve",
                "--init-file=" + init)
            .redirectErrorStream(true)
            .redirectOutput(data.resolve("log").toFile())
            .start();
    database =
        new Database(
            "jdbc:mysql://127.0.0.1:" + port + "/opensips", "opensips", "opensipsrw", "sip_trace");
    NodeApi.eventually(
        () -> {
          try (var connection = connection()) {
            return connection.isValid(1);
          } catch (SQLException e) {
            throw new AssertionError(e);
          }
        });
  }

  private static void run(String... command) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertEquals(0, process.waitFor());
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (server != null) {
      server.destroy();
      server.waitFor(20, TimeUnit.SECONDS);
    }
  }

  private static Connection connection() throws SQLException {
    return DriverManager.getConnection(
        database.jdbcUrl().replace("jdbc:mysql", "jdbc:mariadb"), "opensips", "opensipsrw");
  }

  private static List<String> column(String sql) throws SQLException {
    try (var connection = connection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var all = new ArrayList<String>();
      while (rows.next()) {
        all.add(rows.getString(1));
      }
      return all;
    }
  }

  @Test
  void rowsHaveTheirOrderAndTheTableIsThatOfOpensips() throws SQLException {
    var messages = new ArrayList<>(IntStream.range(0, 500).mapToObj(Traced::message).toList());
    var large = Bytes.of("\u20ac".repeat(30_000));
    var capture = Traced.capture(1);
    messages.add(
        Traced.message(
            new io.sipscope.protocol.capture.Capture(
                0,
                capture.time(),
                capture.transport(),
                capture.source(),
                capture.destination(),
                capture.agent(),
                "",
                capture.kind(),
                large),
            "large",
            "",
            "200"));
    try (var destinations = Traced.destinations(Traced.settings(folder, 0), counters)) {
      destinations.targets(Traced.targets(database));
      messages.forEach(destinations::trace);
      Traced.eventually(counters, "sent", 501);
    }
    var sent = column("select msg from sip_trace order by id");
    assertEquals(messages.get(7).capture().sip().utf8(), sent.get(7));
    assertEquals(
        messages.subList(0, 500).stream().map(message -> message.capture().sip().utf8()).toList(),
        sent.subList(0, 500));
    assertEquals("\u20ac".repeat(21_845), sent.getLast(), "as much as TEXT holds");
    assertEquals(List.of("5"), column("select table_version from version"));
    assertEquals(
        List.of("callid_idx", "date_idx", "fromip_idx", "trace_attrs_idx"),
        column(
            "select index_name from information_schema.statistics"
                + " where table_name = 'sip_trace' and index_name <> 'PRIMARY' order by 1"));
    assertTrue(column("show create table sip_trace").getFirst().contains("sip_trace"));
    assertEquals(List.of("datetime"), column(type("time_stamp")));
    assertEquals(List.of("char(255)"), column(type("callid")));
    assertEquals(List.of("int(5) unsigned"), column(type("from_port")));
  }

  private static String type(String column) {
    return "select column_type from information_schema.columns where table_name = 'sip_trace'"
        + " and column_name = '"
        + column
        + "'";
  }
}
