package io.sipscope.node.trace;

import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.hep.Hep.Packet;
import io.sipscope.protocol.hep.Hep3Encoder;
import io.sipscope.testing.PgServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// The scripts that are shipped, in the places of a test.
final class Tutorial {
  private static final Path FOLDER = Path.of("../ops/docs/scripts");
  private static final String URL = "jdbc:postgresql://";

  private Tutorial() {}

  /// As it is shipped.
  static String script(String name) throws IOException {
    return Files.readString(FOLDER.resolve(name));
  }

  /// Its three destinations, elsewhere.
  static String to(String script, int hepPort, String database, int sipPort) {
    return script
        .replace("192.0.2.1:9060", "127.0.0.1:" + hepPort)
        .replace(
            "postgres://opensips:secret@192.0.2.2/opensips",
            "postgres://" + PgServer.USER + "@" + database.substring(URL.length()))
        .replace("192.0.2.3:5060", "127.0.0.1:" + sipPort);
  }

  /// The same as OpenSIPS 3 and later want it.
  static String modern(String script) {
    return script
        .replace("siptrace", "tracer")
        .replace("sip_trace(\"$var(trace_id)\"", "trace($var(trace_id)")
        .replace("\"$var(user)\")", "$var(user))")
        .replace("sl_send_reply(\"483\"", "sl_send_reply(483")
        .replace("header(\"10\")", "header(10)")
        .replace("listen = ", "socket = ")
        .replace("children = ", "udp_workers = ");
  }

  static String settings(Path script, Path data) {
    return """
    sipscope.store = memory
    sipscope.data-dir = "%s"
    sipscope.script.file = "%s"
    """
        .formatted(data, script);
  }

  static void send(OutputStream out, List<Capture> captures) throws IOException {
    for (var capture : captures) {
      out.write(hep(capture));
    }
    out.flush();
  }

  private static byte[] hep(Capture capture) {
    return Hep3Encoder.encode(
            new Packet(
                3,
                17,
                capture.transport(),
                capture.source(),
                capture.destination(),
                OptionalLong.of(capture.time()),
                Packet.SIP,
                new Agent(2001, ""),
                "",
                "",
                capture.sip(),
                List.of()))
        .toArray();
  }

  /// Each row as one text, in the order of the table.
  static List<String> rows(String database) {
    var sql =
        """
        select concat_ws(' ', direction, method, status, from_proto, from_ip, from_port, to_proto,
            to_ip, to_port, fromtag, callid, trace_attrs) from sip_trace order by id\
        """;
    try (var connection = DriverManager.getConnection(database, PgServer.USER, "");
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var all = new ArrayList<String>();
      while (rows.next()) {
        all.add(rows.getString(1));
      }
      return all;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
