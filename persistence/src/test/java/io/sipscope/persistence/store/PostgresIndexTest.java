package io.sipscope.persistence.store;

import io.sipscope.persistence.index.DialogIndex;
import io.sipscope.persistence.index.DialogIndexContract;
import org.junit.jupiter.api.AfterEach;

class PostgresIndexTest extends DialogIndexContract {
  private Node node;

  @Override
  protected DialogIndex emptyIndex() {
    node = new Node(TestStores.postgres());
    return node.index();
  }

  @AfterEach
  void stop() {
    node.close();
  }
}
