package io.sipscope.persistence.store;

import com.typesafe.config.Config;

class PostgresStoreTest extends SqlStoreContract {
  @Override
  Config emptyStore() {
    return TestStores.postgres();
  }
}
