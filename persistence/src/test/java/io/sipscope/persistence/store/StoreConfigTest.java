package io.sipscope.persistence.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreConfigTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          cassandra, cassandra is not supported yet
          oracle,    no store is called oracle
          H2,        no store is called H2
          """)
  void aStoreThatIsNoneIsRefusedInOneSentence(String name, String why) {
    var refused = refused("sipscope.store = " + name);
    assertTrue(refused.contains("sipscope.store"), refused);
    assertTrue(refused.contains(why + " (wanted: h2, postgres or memory)"), refused);
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

  private static String refused(String settings) {
    return assertThrows(ConfigException.class, () -> configured(settings)).getMessage();
  }

  private static Config configured(String settings) {
    return Store.configure(ConfigFactory.parseString(settings).withFallback(ConfigFactory.load()));
  }
}
