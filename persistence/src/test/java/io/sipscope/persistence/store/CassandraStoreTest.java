package io.sipscope.persistence.store;

import com.typesafe.config.Config;
import io.sipscope.testing.RequiresCassandra;

@RequiresCassandra
class CassandraStoreTest extends StoreContract {
  @Override
  Config emptyStore() {
    return TestStores.cassandra();
  }
}
