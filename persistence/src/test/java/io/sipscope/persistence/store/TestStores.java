package io.sipscope.persistence.store;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.sipscope.testing.CassandraServer;
import io.sipscope.testing.PgServer;
import java.nio.file.Path;
import java.util.Map;

/// The configuration of each kind of store, new and empty.
final class TestStores {
  private TestStores() {}

  static Config h2(Path folder) {
    return of(Map.of("sipscope.store", "h2", "sipscope.data-dir", folder.toString()));
  }

  static Config memory() {
    return of(Map.of("sipscope.store", "memory"));
  }

  static Config postgres() {
    return postgres(PgServer.shared());
  }

  static Config postgres(PgServer server) {
    return of(
        Map.of(
            "sipscope.store",
            "postgres",
            "sipscope.postgres.url",
            server.newDatabase(),
            "sipscope.postgres.user",
            PgServer.USER));
  }

  static Config cassandra() {
    return cassandra(CassandraServer.shared());
  }

  static Config cassandra(CassandraServer server) {
    return cassandra(server.contactPoint(), server.newKeyspace());
  }

  static Config cassandra(String contactPoint, String keyspace) {
    return of(
        Map.of(
            "sipscope.store",
            "cassandra",
            "sipscope.cassandra.contact-points",
            contactPoint,
            "sipscope.cassandra.local-datacenter",
            CassandraServer.DATACENTER,
            "sipscope.cassandra.keyspace",
            keyspace));
  }

  private static Config of(Map<String, String> settings) {
    return Store.configure(
        ConfigFactory.parseMap(settings)
            .withFallback(ConfigFactory.parseString("pekko.loglevel = WARNING"))
            .withFallback(ConfigFactory.load()));
  }
}
