package io.sipscope.persistence.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreConfigTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          oracle, no store is called oracle
          H2,     no store is called H2
          """)
  void aStoreThatIsNoneIsRefusedInOneSentence(String name, String why) {
    var refused = refused("sipscope.store = " + name);
    assertTrue(refused.contains("sipscope.store"), refused);
    assertTrue(refused.contains(why + " (wanted: h2, postgres, cassandra or memory)"), refused);
  }

  @Test
  void postgresWithoutUrlIsRefused() {
    var refused = refused("sipscope.store = postgres");
    assertTrue(refused.contains("sipscope.postgres.url"), refused);
    assertTrue(refused.contains("not set (wanted: jdbc:postgresql://"), refused);
  }

  @Test
  void aRefusedUrlIsShownWithoutItsSecrets() {
    var refused =
        refused(
            """
            sipscope.store = postgres
            sipscope.postgres.url = "postgres://bob:hunter2@db/sip?password=hunter3"
            """);
    assertTrue(refused.contains("postgres://db/sip"), refused);
    assertFalse(refused.contains("hunter"), refused);
  }

  @Test
  void aDataDirThatWouldBecomeAnOptionIsRefused() {
    assertTrue(refused("sipscope.data-dir = \"x;INIT=RUNSCRIPT\"").contains("sipscope.data-dir"));
    assertTrue(refused("sipscope.data-dir = \" \"").contains("sipscope.data-dir"));
  }

  @Test
  void h2WritesWhatItAcknowledges() {
    var url = configured("sipscope.store = h2").getString("jdbc-journal.slick.db.url");
    assertTrue(url.contains(";WRITE_DELAY=0"), url);
  }

  @Test
  void aPostgresUrlKeepsItsOwnOptions() {
    var config =
        configured(
            """
            sipscope.store = postgres
            sipscope.postgres.url = "jdbc:postgresql://db/sip?sslmode=require"
            """);
    assertEquals("jdbc:postgresql://db/sip?sslmode=require", config.getString("sipscope.jdbc.url"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sipscope.cassandra.contact-points = "a, b:9042" | HOST:PORT
          sipscope.cassandra.contact-points = []          | HOST:PORT
          sipscope.cassandra.keyspace = "Sip scope"       | lower-case letters
          sipscope.cassandra.local-datacenter = "a'b"     | a datacenter's name
          sipscope.cassandra.consistency = ONE            | LOCAL_QUORUM or QUORUM
          sipscope.retention.bytes = 5 GiB                | unlimited, as Cassandra
          sipscope.retention.days = 100000                | at most 7000
          """)
  void aSettingOfCassandraThatMakesNoSenseIsRefused(String setting, String wanted) {
    var refused = refused("sipscope.store = cassandra\n" + setting);
    assertTrue(refused.contains(setting.substring(0, setting.indexOf(' '))), refused);
    assertTrue(refused.contains("(wanted: " + wanted), refused);
  }

  @Test
  void contactPointsComeInOneLineToo() {
    var config =
        configured(
            """
            sipscope.store = cassandra
            sipscope.cassandra.contact-points = "10.0.0.1:9042, 10.0.0.2:9042"
            """);
    assertEquals(
        List.of("10.0.0.1:9042", "10.0.0.2:9042"),
        config.getStringList("datastax-java-driver.basic.contact-points"));
  }

  private static String refused(String settings) {
    return assertThrows(ConfigException.class, () -> configured(settings)).getMessage();
  }

  private static Config configured(String settings) {
    return Store.configure(ConfigFactory.parseString(settings).withFallback(ConfigFactory.load()));
  }
}
