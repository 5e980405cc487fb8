package io.sipscope.persistence.store;

import com.typesafe.config.Config;

class MemoryReindexTest extends ReindexContract {
  @Override
  Config emptyStore() {
    return TestStores.memory();
  }
}
