package io.sipscope.persistence.store;

import com.typesafe.config.Config;

class MemoryStoreTest extends SqlStoreContract {
  @Override
  Config emptyStore() {
    return TestStores.memory();
  }
}
