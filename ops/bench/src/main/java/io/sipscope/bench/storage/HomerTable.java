package io.sipscope.bench.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.net.Transport;
import io.sipscope.protocol.sip.NameAddr;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// One row a message, in the manner of Homer 7 as heplify-server 1.x makes it for PostgreSQL: the
/// text as it is, what HEP and SIP say of it as two JSON documents, partitions by day, and an index
/// on every field that its search offers. Its documents hold what its default configuration has it
/// keep. Written from a description of that table; rows come by COPY, so that the table is as dense
/// as it can be.
final class HomerTable implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CHUNK = 1 << 20;

  private static final String TABLE =
      """
      create table homer_call (
        id bigserial not null,
        sid varchar not null,
        create_date timestamptz not null default now(),
        protocol_header jsonb not null,
        data_header jsonb not null,
        raw varchar not null
      ) partition by range (create_date)
      """;

  private static final List<String> INDEXED =
      List.of(
          "create_date",
          "sid",
          "(protocol_header->>'srcIp')",
          "(protocol_header->>'dstIp')",
          "(protocol_header->>'correlation_id')",
          "(data_header->>'ruri_domain')",
          "(data_header->>'ruri_user')",
          "(data_header->>'from_user')",
          "(data_header->>'to_user')",
          "(data_header->>'pid_user')",
          "(data_header->>'auth_user')",
          "(data_header->>'callid')",
          "(data_header->>'method')");

  private final CopyIn copy;
  private final StringBuilder chunk = new StringBuilder(CHUNK + CHUNK / 4);
  private long rows;

  private HomerTable(CopyIn copy) {
    this.copy = copy;
  }

  /// An empty table for the days of these captures.
  ///
  /// @param first nanoseconds since the epoch
  static HomerTable create(Connection connection, long first, long last) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(TABLE);
      var end = day(last).plusDays(1);
      for (var day = day(first); day.isBefore(end); day = day.plusDays(1)) {
        var name = "homer_call_" + day.toString().replace("-", "");
        statement.execute(
            "create table %s partition of homer_call for values from ('%s UTC') to ('%s UTC')"
                .formatted(name, day, day.plusDays(1)));
        for (var field : INDEXED) {
          statement.execute("create index on " + name + " (" + field + ")");
        }
      }
    }
    return new HomerTable(
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(
                "copy homer_call (sid, create_date, protocol_header, data_header, raw) from"
                    + " stdin"));
  }

  private static LocalDate day(long nanos) {
    return instant(nanos).atZone(ZoneOffset.UTC).toLocalDate();
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(0, nanos);
  }

  void add(Capture capture) throws SQLException {
    if (!(SipParser.parse(capture.sip()) instanceof SipMessage message)) {
      return;
    }
    column(message.callId().toString(), '\t');
    column(instant(capture.time()).toString(), '\t');
    column(json(protocolHeader(capture, message)), '\t');
    column(json(dataHeader(message)), '\t');
    column(capture.sip().latin1(), '\n');
    rows++;
    if (chunk.length() > CHUNK) {
      send();
    }
  }

  long rows() {
    return rows;
  }

  private static ObjectNode protocolHeader(Capture capture, SipMessage message) {
    var time = instant(capture.time());
    long seconds = time.getEpochSecond();
    int micros = time.getNano() / 1000;
    return JSON.createObjectNode()
        .put("protocolFamily", capture.source().address().v6() ? 10 : 2)
        .put("protocol", capture.transport() == Transport.UDP ? 17 : 6)
        .put("srcIp", capture.source().address().toString())
        .put("dstIp", capture.destination().address().toString())
        .put("srcPort", capture.source().port())
        .put("dstPort", capture.destination().port())
        .put("timeSeconds", seconds)
        .put("timeUseconds", micros)
        .put("payloadType", 1)
        .put("captureId", Long.toString(capture.agent().id()))
        .put("correlation_id", message.callId().toString());
  }

  private static ObjectNode dataHeader(SipMessage message) {
    var target = NameAddr.of(message.requestUri());
    return JSON.createObjectNode()
        .put("ruri_user", target.user())
        .put("ruri_domain", target.host())
        .put("from_user", message.from().user())
        .put("from_domain", message.from().host())
        .put("to_user", message.to().user())
        .put("callid", message.callId().toString())
        .put("method", message.isRequest() ? message.method() : Integer.toString(message.status()))
        .put("user_agent", message.header("User-Agent").orElse(""));
  }

  private static String json(ObjectNode node) {
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /// COPY's text format. A zero byte has no place in PostgreSQL's text, so Homer cannot keep it.
  private void column(String value, char end) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> chunk.append("\\\\");
        case '\n' -> chunk.append("\\n");
        case '\r' -> chunk.append("\\r");
        case '\t' -> chunk.append("\\t");
        case '\0' -> chunk.append('?');
        default -> chunk.append(c);
      }
    }
    chunk.append(end);
  }

  private void send() throws SQLException {
    var bytes = chunk.toString().getBytes(StandardCharsets.UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
    chunk.setLength(0);
  }

  @Override
  public void close() throws SQLException {
    send();
    copy.endCopy();
  }
}
