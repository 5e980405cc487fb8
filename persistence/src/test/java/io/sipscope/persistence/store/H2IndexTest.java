package io.sipscope.persistence.store;

import io.sipscope.persistence.index.DialogIndex;
import io.sipscope.persistence.index.DialogIndexContract;
import io.sipscope.persistence.index.DialogRow;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
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

  @Override
  protected CompletionStage<Void> write(List<DialogRow> rows) {
    return node.write(rows);
  }

  @AfterEach
  void stop() {
    node.close();
  }
}
