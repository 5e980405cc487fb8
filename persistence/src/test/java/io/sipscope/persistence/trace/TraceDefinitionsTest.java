package io.sipscope.persistence.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.persistence.trace.TraceDefinitions.Outcome;
import io.sipscope.persistence.trace.TraceDestination.Database;
import io.sipscope.persistence.trace.TraceDestination.Hep;
import io.sipscope.persistence.trace.TraceDestination.HepTransport;
import io.sipscope.persistence.trace.TraceDestination.Sip;
import io.sipscope.persistence.trace.TraceDestination.Syslog;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceDefinitionsTest {
  private static final List<String> HEP_IDS =
      List.of(
          "[h3] 192.0.2.1:9061;transport=udp;version=3",
          "[plain]192.0.2.2",
          "[old] 192.0.2.3 ; version=2 ;",
          "[six] [2001:db8::1]:9062; version = 3 ; transport = TLS");

  private static TraceTarget only(String line) {
    var targets = defined(line).targets();
    assertEquals(1, targets.size(), line);
    return targets.getFirst();
  }

  private static Outcome.Defined defined(String... lines) {
    return assertInstanceOf(
        Outcome.Defined.class, TraceDefinitions.read(List.of(lines), HEP_IDS), lines[0]);
  }

  private static Outcome.Wrong wrong(String line) {
    return assertInstanceOf(
        Outcome.Wrong.class, TraceDefinitions.read(List.of(line), HEP_IDS), line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [t]uri=hep:192.0.2.9:9070                          | 192.0.2.9 | 9070 | TCP | 3
          [t]uri=hep:192.0.2.9:9070;transport=udp;version=3  | 192.0.2.9 | 9070 | UDP | 3
          [t]uri=hep:192.0.2.9:9070;version=2                | 192.0.2.9 | 9070 | UDP | 2
          [t]version=1;uri=HEP:192.0.2.9:9070;transport=UDP; | 192.0.2.9 | 9070 | UDP | 1
          [t] uri = hep:h3 ;                                 | 192.0.2.1 | 9061 | UDP | 3
          [t]uri=hep:plain                                   | 192.0.2.2 | 9060 | TCP | 3
          [t]uri=hep:old                                     | 192.0.2.3 | 9060 | UDP | 2
          [t]uri=hep:six                                     | 2001:db8::1 | 9062 | TLS | 3
          """)
  void aHepDestinationIsReadInBothSyntaxes(
      String line, String host, int port, HepTransport transport, int version) {
    assertEquals(new Hep(host, port, transport, version), only(line).destination());
  }

  @Test
  void tcpForAnOldVersionFallsBackToUdpWithAWarning() {
    var old = defined("[t]uri=hep:old");
    assertEquals(1, old.warnings().size());
    assertTrue(old.warnings().getFirst().contains("Falling back to UDP!"));
    assertTrue(defined("[t]uri=hep:h3").warnings().isEmpty());
  }

  @Test
  void whatIsInTheBracketsBehindABlankIsPassedOver() {
    assertEquals("tid", only("  [ tid of the proxy]\n uri\n=\nhep:h3\n;\n").id());
  }

  @Test
  void aKeyIsKnownByHowItBegins() {
    assertEquals(new Sip("192.0.2.5", 5060), only("[t]uri_of_it=sip:192.0.2.5").destination());
  }

  @Test
  void aSipUriWithoutPortIsListedAsOpenSipsListsIt() {
    assertEquals("192.0.2.5:", only("[t]uri=sip:192.0.2.5").uri());
    var target = only("[t]uri=sip:copy@192.0.2.5:5070;transport=tcp");
    assertEquals("192.0.2.5:5070", target.uri());
    assertEquals(new Sip("192.0.2.5", 5070), target.destination());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [t]uri=mysql://u:s3cr@h/db;table=new_trace | jdbc:mariadb://h/db | u | s3cr | new_trace
          [t]uri=postgres://u:s3cr@h:5433/db         | jdbc:postgresql://h:5433/db | u | s3cr | sip_trace
          [t]uri=mysql://u:a;table=b=c/d@e@h/db;  | jdbc:mariadb://h/db | u | a;table=b=c/d@e | sip_trace
          [t]table=x;uri=mariadb://u@h/db         | jdbc:mariadb://h/db | u | '' | x
          [t]uri=jdbc:postgresql://h/db?user=u&password=s3%3Bcr&ssl=true;table=x | jdbc:postgresql://h/db?ssl=true | u | s3;cr | x
          [t]uri=jdbc:h2:mem:a;user=sa;password=s3cr;MODE=X | jdbc:h2:mem:a;MODE=X | sa | s3cr | sip_trace
          """)
  void aDatabaseIsReadInOpenSipsSpellingAndAsJdbc(
      String line, String url, String user, String password, String table) {
    var target = only(line);
    assertEquals(new Database(url, user, password, table), target.destination());
    assertFalse(target.uri().contains(password.isEmpty() ? "***" : password), target.uri());
  }

  @Test
  void thePasswordOfADatabaseIsMasked() {
    assertEquals("mysql://u:***@h/db", only("[t]uri=mysql://u:p;=@h/db").uri());
    var bad = wrong("[t]uri=mysql://u:secret@h/db;colour=red");
    assertFalse(bad.value().contains("secret"), bad.value());
    assertFalse(bad.reason().contains("secret"), bad.reason());
    var none = wrong("[t]uri=oracle://u:secret@h/db");
    assertFalse((none.value() + none.reason()).contains("secret"));
  }

  @Test
  void fileAndSyslogAreDestinations() {
    assertEquals(
        new TraceDestination.File(Path.of("/var/log/sip")),
        only("[t]uri=file:/var/log/sip").destination());
    assertEquals(new Syslog(16, 6), only("[t]uri=syslog:LOG_LOCAL0:3").destination());
    assertEquals(new Syslog(3, 5), only("[t]uri=SYSLOG").destination());
  }

  @Test
  void severalOfOneNameFanOutAndTheSameAgainIsIgnored() {
    var targets =
        defined(
                "[other]uri=hep:h3",
                "[tid]uri=hep:h3",
                "[tid]uri=sip:192.0.2.5:5060",
                "[tid] uri=hep:h3;",
                "[tid]uri=mysql://u:p@h/db;table=a",
                "[tid]uri=mysql://u:p@h/db;table=b")
            .targets();
    assertEquals(
        List.of("tid", "tid", "tid", "tid", "other"),
        targets.stream().map(TraceTarget::id).toList());
    assertTrue(targets.getFirst().isHep());
  }

  /// As three answers of a real one list them.
  @Test
  void idsAreListedByTheHashOfTheirNames() {
    assertTrue(NameHash.of("tid") < NameHash.of("other"));
    assertTrue(NameHash.of("dyn2") < NameHash.of("dyn3"));
    assertTrue(NameHash.of("dyn3") < NameHash.of("dyn1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[t]",
        "tid]uri=hep:h3",
        "[tid uri=hep:h3",
        "[]uri=hep:h3",
        "[t]table=x",
        "[t]uri=hep:nobody",
        "[t]uri=hep:h3;version=3",
        "[t]uri=hep:192.0.2.1:0",
        "[t]uri=hep:192.0.2.1:9060;version=4",
        "[t]uri=hep:192.0.2.1:9060;version=2;transport=tcp",
        "[t]uri=hep:192.0.2.1:9060;transport=sctp",
        "[t]uri=hep:h3;colour=red",
        "[t]uri=hep:h3;nothing",
        "[t]uri=sip:",
        "[t]uri=file:",
        "[t]uri=syslog:LOG_NOWHERE",
        "[t]uri=syslog:LOG_LOCAL0:0",
        "[t]uri=mysql://u:p@h",
        "[t]uri=mysql://u:p@h/db;version=3",
        "[t]uri=mysql://u:p@h/db;table=a;drop",
        "[t]uri=mysql://u:p@h/db;table=a b",
        "[t]uri=carrier-pigeon"
      })
  void whatMakesNoSenseIsRefusedWithItsKeyAndReason(String line) {
    var wrong = wrong(line);
    assertEquals("sipscope.trace.ids", wrong.key());
    assertTrue(wrong.reason().contains("wanted"), wrong.reason());
  }

  @Test
  void aHepIdIsDefinedOnce() {
    var wrong =
        assertInstanceOf(
            Outcome.Wrong.class,
            TraceDefinitions.read(List.of(), List.of("[h] 192.0.2.1", "[h] 192.0.2.2")));
    assertEquals("sipscope.trace.hep-ids", wrong.key());
  }

  /// Whatever the line: an answer, and no password in it.
  @Test
  void noLineThrowsOrTellsAPassword() {
    var random = new Random(4);
    var pieces =
        List.of(
            "[",
            "]",
            "t",
            " ",
            "uri",
            "table",
            "version",
            "transport",
            "=",
            ";",
            ":",
            "//",
            "@",
            "hep",
            "sip",
            "file",
            "syslog",
            "mysql",
            "jdbc",
            "h2",
            "postgresql",
            "?",
            "&",
            "user=",
            "password=",
            "SECRET",
            "9060",
            "h3",
            "\n",
            "\u0000",
            "\ud83d\ude00",
            "[::1]");
    for (int i = 0; i < 20_000; i++) {
      var line = new StringBuilder(i % 2 == 0 ? "[t]uri=" : "");
      for (int left = random.nextInt(14); left > 0; left--) {
        line.append(pieces.get(random.nextInt(pieces.size())));
      }
      var outcome = TraceDefinitions.read(List.of(line.toString()), HEP_IDS);
      if (outcome instanceof Outcome.Defined(var targets, var _)) {
        for (var target : targets) {
          if (target.destination() instanceof Database database
              && database.password().contains("SECRET")) {
            assertFalse(target.toString().contains("SECRET:"), line.toString());
          }
        }
      }
    }
  }
}
