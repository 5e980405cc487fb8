package io.sipscope.persistence.store;

import com.typesafe.config.Config;

class MemoryStoreTest extends StoreContract {
  @Override
  Config emptyStore() {
    return TestStores.memory();
  }
}
