package io.sipscope.persistence.store;

import com.typesafe.config.Config;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2ReindexTest extends SqlReindexContract {
  @TempDir private Path folder;

  @Override
  Config emptyStore() {
    return TestStores.h2(folder);
  }
}
