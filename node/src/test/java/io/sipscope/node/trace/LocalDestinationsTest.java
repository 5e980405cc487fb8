package io.sipscope.node.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.trace.TraceDestination;
import io.sipscope.persistence.trace.TracedMessage;
import io.sipscope.protocol.capture.Nanos;
import io.sipscope.testing.RequiresTool;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files, and the syslog of this machine.
class LocalDestinationsTest {
  private static final String LISTENER =
      """
      import socket, sys
      s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
      s.bind(sys.argv[1])
      print("ready", flush=True)
      for _ in range(2):
          print(s.recv(65536).hex(), flush=True)
      """;

  @TempDir private Path folder;
  private final Counters counters = new Counters();

  private static String dated(TracedMessage message) {
    return DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss")
        .withZone(ZoneId.systemDefault())
        .format(Nanos.instant(message.capture().time()));
  }

  @Test
  void aFileHasTheRecordsIsItsOwnersAloneAndMayBeRotated() throws IOException {
    var file = folder.resolve("trace.log");
    var first = Traced.message(1);
    var second = Traced.message(Traced.capture(2), "call-2", "OPTIONS", "200");
    try (var destinations = Traced.destinations(Traced.settings(folder, 0), counters)) {
      destinations.targets(Traced.targets(new TraceDestination.File(file)));
      destinations.trace(first);
      Traced.eventually(counters, "sent", 1);
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      var rotated = Files.move(file, folder.resolve("trace.log.1"));
      destinations.trace(second);
      Traced.eventually(counters, "sent", 2);
      assertEquals(
          "in udp "
              + dated(first)
              + " 10.0.0.1:5060 -> 10.0.0.2:5070\n"
              + first.capture().sip().utf8()
              + "\n\n",
          Files.readString(rotated));
      assertEquals(
          "out udp "
              + dated(second)
              + " 10.0.0.1:5060 -> 10.0.0.2:5070\n"
              + second.capture().sip().utf8()
              + "\n\n",
          Files.readString(file));
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsTriedAgain() throws IOException {
    var file = folder.resolve("not-yet/trace.log");
    try (var destinations = Traced.destinations(Traced.settings(folder, 0), counters)) {
      destinations.targets(Traced.targets(new TraceDestination.File(file)));
      destinations.trace(Traced.message(1));
      Traced.eventually(counters, "retried", 1);
      assertTrue(destinations.states().getFirst().trouble().contains("NoSuchFile"));
      Files.createDirectory(file.getParent());
      Traced.eventually(counters, "sent", 1);
    }
  }

  @Test
  @RequiresTool(value = "python3", debian = "python3")
  void syslogGetsItsPriorityAndDateAndTheMessage() throws Exception {
    var socket = folder.resolve("log");
    var listener =
        new ProcessBuilder("python3", "-c", LISTENER, socket.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var syslog = new LocalSyslog(socket, 16, 6);
    try (var lines =
        new BufferedReader(
            new InputStreamReader(listener.getInputStream(), StandardCharsets.US_ASCII))) {
      assertEquals("ready", lines.readLine());
      assertEquals(0, syslog.deliver(List.of(Traced.message(1), Traced.message(2))));
      var line =
          new String(java.util.HexFormat.of().parseHex(lines.readLine()), StandardCharsets.UTF_8);
      var expected =
          Pattern.compile(
              "<134>[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d sipscope\\[\\d+]: "
                  + Pattern.quote(
                      "in udp 10.0.0.1:5060 -> 10.0.0.2:5070\n" + Traced.capture(1).sip().utf8()));
      assertTrue(expected.matcher(line).matches(), line);
    } finally {
      syslog.close();
      listener.destroy();
    }
  }

  @Test
  void whereNobodyListensSyslogIsTriedAgain() {
    var syslog = new LocalSyslog(folder.resolve("nobody"), 16, 6);
    var away =
        org.junit.jupiter.api.Assertions.assertThrows(
            Away.class, () -> syslog.deliver(List.of(Traced.message(1))));
    assertEquals("nobody listens at " + folder.resolve("nobody") + " (errno 2)", away.getMessage());
  }
}
