package io.sipscope.persistence.store;

import com.typesafe.config.Config;

class MemoryReindexTest extends SqlReindexContract {
  @Override
  Config emptyStore() {
    return TestStores.memory();
  }
}
