package io.sipscope.persistence.store;

import io.sipscope.persistence.index.DialogIndex;
import io.sipscope.persistence.index.DialogIndexContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class H2IndexTest extends DialogIndexContract {
  @TempDir private Path folder;
  private Node node;

  @Override
  protected DialogIndex emptyIndex() {
    node = new Node(TestStores.h2(folder));
    return node.index();
  }

  @AfterEach
  void stop() {
    node.close();
  }
}
