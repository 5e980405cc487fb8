package io.sipscope.persistence.store;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;

/// The stores to choose from: `sipscope.store`.
enum StoreKind {
  H2,
  POSTGRES,
  CASSANDRA,
  MEMORY;

  private static final String PATH = "sipscope.store";

  static StoreKind of(Config config) {
    var name = config.getString(PATH);
    return switch (name) {
      case "h2" -> H2;
      case "postgres" -> POSTGRES;
      case "memory" -> MEMORY;
      case "cassandra" -> CASSANDRA;
      default ->
          throw new ConfigException.BadValue(
              config.getValue(PATH).origin(),
              PATH,
              "no store is called " + name + " (wanted: h2, postgres, cassandra or memory)");
    };
  }
}
