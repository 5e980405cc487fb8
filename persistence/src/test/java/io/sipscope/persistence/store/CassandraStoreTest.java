package io.sipscope.persistence.store;

import com.typesafe.config.Config;
import io.sipscope.testing.CassandraServer;
import io.sipscope.testing.RequiresCassandra;

@RequiresCassandra
class CassandraStoreTest extends StoreContract {
  private static final String LIST = ".dialog_list";

  @Override
  Config emptyStore() {
    return TestStores.cassandra();
  }

  @Override
  void breakIndex(Config config) {
    CassandraServer.shared()
        .execute("alter table " + keyspace(config) + LIST + " rename time to t");
  }

  @Override
  void mendIndex(Config config) {
    CassandraServer.shared()
        .execute("alter table " + keyspace(config) + LIST + " rename t to time");
  }

  private static String keyspace(Config config) {
    return config.getString("sipscope.cassandra.keyspace");
  }
}
