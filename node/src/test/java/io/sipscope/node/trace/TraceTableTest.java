package io.sipscope.node.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.BadSetting;
import io.sipscope.node.NodeApi;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.trace.TraceDestination.Database;
import io.sipscope.persistence.trace.TracedMessage;
import io.sipscope.persistence.trace.TracedMessage.Direction;
import io.sipscope.persistence.trace.TracedMessage.Side;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Transport;
import io.sipscope.testing.PgServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TraceTableTest {
  private static final String TABLE = "sip_trace";

  private enum Kind {
    POSTGRES,
    H2
  }

  @TempDir private Path folder;
  private final Counters counters = new Counters();

  private static Database database(Kind kind) {
    return switch (kind) {
      case POSTGRES -> new Database(PgServer.shared().newDatabase(), PgServer.USER, "", TABLE);
      case H2 ->
          new Database("jdbc:h2:mem:" + System.nanoTime() + ";DB_CLOSE_DELAY=-1", "", "", TABLE);
    };
  }

  private static Connection connection(Database database) throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }

  private static void execute(Database database, String sql) throws SQLException {
    try (var connection = connection(database);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<List<Object>> rows(Database database, String sql) {
    try (var connection = connection(database);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var all = new ArrayList<List<Object>>();
      while (rows.next()) {
        var row = new ArrayList<>();
        for (int at = 1; at <= rows.getMetaData().getColumnCount(); at++) {
          row.add(
              rows.getObject(at) instanceof Timestamp time
                  ? time.toLocalDateTime()
                  : rows.getString(at));
        }
        all.add(row);
      }
      return all;
    } catch (SQLException e) {
      return List.of();
    }
  }

  private List<List<Object>> written(Database database, List<TracedMessage> messages) {
    try (var destinations = Traced.destinations(Traced.settings(folder, Traced.ROOM), counters)) {
      destinations.targets(Traced.targets(database));
      messages.forEach(destinations::trace);
      Traced.eventually(counters, "sent", messages.size());
    }
    return rows(database, "select " + TraceRow.COLUMNS + " from sip_trace order by id");
  }

  private static TracedMessage of(Bytes sip, String callId, String status, Direction direction) {
    var capture = Traced.capture(1);
    return new TracedMessage(
        Traced.ID,
        callId,
        new Capture(
            0,
            capture.time(),
            Transport.TLS,
            capture.source(),
            capture.destination(),
            capture.agent(),
            "",
            capture.kind(),
            sip),
        new Side(Transport.TLS, Endpoint.parse("[2001:db8::1]:5061").orElseThrow()),
        new Side(Transport.WSS, Endpoint.parse("198.51.100.7:443").orElseThrow()),
        direction,
        callId,
        "INVITE",
        status,
        "tag",
        "attributes");
  }

  private static LocalDateTime local(long nanos) {
    return LocalDateTime.ofInstant(
            io.sipscope.protocol.capture.Nanos.instant(nanos), ZoneId.systemDefault())
        .truncatedTo(ChronoUnit.SECONDS);
  }

  @ParameterizedTest
  @EnumSource
  void aRowIsAsOpensipsWritesIt(Kind kind) {
    var request = Traced.message(1);
    var reply = of(Bytes.of("SIP/2.0 200 OK\r\n\r\n"), "r@x", "200", Direction.OUT);
    var time = local(request.capture().time());
    var sip = request.capture().sip().utf8();
    assertEquals(
        List.of(
            List.of(
                time,
                "call-1",
                "",
                sip,
                "OPTIONS",
                "",
                "udp",
                "10.0.0.1",
                "5060",
                "udp",
                "10.0.0.2",
                "5070",
                "acall-1",
                "in"),
            List.of(
                time,
                "r@x",
                "attributes",
                "SIP/2.0 200 OK\r\n\r\n",
                "INVITE",
                "200",
                "tls",
                "2001:db8::1",
                "5061",
                "wss",
                "198.51.100.7",
                "443",
                "tag",
                "out")),
        written(database(kind), List.of(request, reply)));
  }

  @ParameterizedTest
  @EnumSource
  void textsAreCutToTheirColumnsAndWhatIsNoTextBecomesText(Kind kind) {
    var nul = Bytes.of("OPTIONS \0\u00e9\r\n");
    var latin = Bytes.of(new byte[] {'a', (byte) 0xe9, 0});
    var phone = kind == Kind.POSTGRES ? "\ud83d\udcde" : "\u260e"; // H2 counts as Java does
    var rows =
        written(
            database(kind),
            List.of(
                of(nul, phone.repeat(300), "", Direction.IN), of(latin, "c\0d", "", Direction.IN)));
    assertEquals(phone.repeat(255), rows.getFirst().get(1));
    assertEquals("OPTIONS \ufffd\u00e9\r\n", rows.getFirst().get(3));
    assertEquals("a\u00e9\ufffd", rows.getLast().get(3));
    assertEquals("c\ufffdd", rows.getLast().get(1));
  }

  @ParameterizedTest
  @EnumSource
  void manyRowsHaveTheOrderOfTheMessages(Kind kind) {
    var messages = IntStream.range(0, 1_337).mapToObj(Traced::message).toList();
    var rows = written(database(kind), messages);
    assertEquals(
        messages.stream().map(message -> message.capture().sip().utf8()).toList(),
        rows.stream().map(row -> row.get(3)).toList());
  }

  @ParameterizedTest
  @EnumSource
  void theTableIsMadeWithItsIndexesAndItsVersion(Kind kind) {
    var database = database(kind);
    written(database, List.of(Traced.message(1)));
    assertEquals(
        List.of(List.of("sip_trace", "5")),
        rows(database, "select table_name, table_version from version"));
    var indexes =
        kind == Kind.POSTGRES
            ? "select indexname from pg_indexes where tablename = 'sip_trace' order by 1"
            : "select lower(index_name) from information_schema.indexes"
                + " where table_name = 'SIP_TRACE' and lower(index_name) like '%idx' order by 1";
    var names =
        rows(database, indexes).stream()
            .map(row -> String.valueOf(row.getFirst()))
            .filter(name -> name.endsWith("_idx"))
            .toList();
    assertEquals(
        List.of(
            "sip_trace_callid_idx",
            "sip_trace_date_idx",
            "sip_trace_fromip_idx",
            "sip_trace_trace_attrs_idx"),
        names);
  }

  @ParameterizedTest
  @EnumSource
  void aTableOfAnotherVersionRefusesTheStart(Kind kind) throws SQLException {
    var database = database(kind);
    var settings = Traced.settings(folder, 0);
    var targets = Traced.targets(database);
    Destinations.check("sipscope.trace.ids", targets, settings);
    execute(database, "update version set table_version = 4");
    var refused =
        assertThrows(
            BadSetting.class, () -> Destinations.check("sipscope.trace.ids", targets, settings));
    assertTrue(refused.getMessage().contains("sipscope.trace.ids"), refused.getMessage());
    assertTrue(refused.getMessage().contains("version 4"), refused.getMessage());
    execute(database, "delete from version");
    assertThrows(
        BadSetting.class, () -> Destinations.check("sipscope.trace.ids", targets, settings));
  }

  @Test
  void aDatabaseThatCannotBeReachedDoesNotRefuseTheStart() {
    var nowhere = new Database("jdbc:postgresql://127.0.0.1:1/x", "u", "secret", TABLE);
    Destinations.check("key", Traced.targets(nowhere), Traced.settings(folder, 0));
    try (var destinations = Traced.destinations(Traced.settings(folder, 0), counters)) {
      destinations.targets(Traced.targets(nowhere));
      NodeApi.eventually(
          () -> {
            assertTrue(destinations.states().getFirst().trouble().contains("SQLSTATE 08001"));
            return true;
          });
      assertFalse(destinations.states().toString().contains("secret"));
    }
  }

  @Test
  void aRowThatTheDatabaseRefusesCostsTheOthersNothing() throws SQLException {
    var database = database(Kind.POSTGRES);
    written(database, List.of(Traced.message(0)));
    execute(database, "alter table sip_trace add check (callid <> 'call-3')");
    execute(database, "alter table sip_trace add check (msg not like '%\u20ac%')");
    var euro = of(Bytes.of("\u20ac"), "euro", "", Direction.IN);
    var messages = new ArrayList<>(IntStream.range(1, 7).mapToObj(Traced::message).toList());
    messages.add(euro);
    try (var destinations = Traced.destinations(Traced.settings(folder, 0), counters)) {
      destinations.targets(Traced.targets(database));
      messages.forEach(destinations::trace);
      Traced.eventually(counters, "sent", 7);
    }
    assertEquals(1, Traced.count(counters, "dropped_refused"));
    var rows = rows(database, "select callid, msg from sip_trace order by id");
    assertEquals(7, rows.size());
    assertEquals(List.of("euro", "?"), rows.getLast());
  }

  /// Shorter than in the field; the way is the same.
  @Test
  void aPostgresThatIsDownForAWhileLosesNothing() {
    try (var server = PgServer.start("fsync=off");
        var destinations = Traced.destinations(Traced.settings(folder, Traced.ROOM), counters)) {
      var database = new Database(server.newDatabase(), PgServer.USER, "", TABLE);
      destinations.targets(Traced.targets(database));
      Traced.trace(destinations, 0, 1_000);
      Traced.eventually(counters, "sent", 1_000);
      long before = Traced.count(counters, "spooled"); // the first ones may have come too early
      server.stop();
      for (int i = 0; i < 10; i++) {
        Traced.trace(destinations, 1_000 + i * 2_000, 3_000 + i * 2_000);
        long traced = before + 2_000L * (i + 1);
        NodeApi.eventually(
            () -> {
              assertEquals(traced, Traced.count(counters, "spooled"));
              return true;
            });
      }
      assertFalse(destinations.states().getFirst().up());
      server.startAgain();
      Traced.eventually(counters, "sent", 21_000);
      var rows = rows(database, "select msg from sip_trace order by id");
      assertEquals(
          IntStream.range(0, 21_000).boxed().toList(),
          rows.stream()
              .map(row -> Receiver.number(Bytes.of(String.valueOf(row.getFirst()))))
              .toList());
      assertEquals(0, Traced.count(counters, "dropped"));
    }
  }

  @Test
  void aPostgresThatHangsIsLetGoAndNothingIsLost() {
    try (var server = PgServer.start("fsync=off");
        var destinations = Traced.destinations(Traced.settings(folder, Traced.ROOM), counters)) {
      var database = new Database(server.newDatabase(), PgServer.USER, "", TABLE);
      destinations.targets(Traced.targets(database));
      Traced.trace(destinations, 0, 100);
      Traced.eventually(counters, "sent", 100);
      server.hang();
      Traced.trace(destinations, 100, 600);
      NodeApi.eventually(
          () -> {
            assertFalse(destinations.states().getFirst().up());
            return true;
          });
      server.goOn();
      Traced.eventually(counters, "sent", 600);
      assertEquals(600, rows(database, "select distinct msg from sip_trace").size());
    }
  }
}
