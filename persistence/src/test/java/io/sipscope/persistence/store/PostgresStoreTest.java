package io.sipscope.persistence.store;

import com.typesafe.config.Config;

class PostgresStoreTest extends StoreContract {
  @Override
  Config emptyStore() {
    return TestStores.postgres();
  }
}
