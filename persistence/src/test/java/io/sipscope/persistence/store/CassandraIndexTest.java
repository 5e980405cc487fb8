package io.sipscope.persistence.store;

import io.sipscope.persistence.index.DialogIndex;
import io.sipscope.persistence.index.DialogIndexContract;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.testing.RequiresCassandra;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;

@RequiresCassandra
class CassandraIndexTest extends DialogIndexContract {
  private Node node;

  @Override
  protected DialogIndex emptyIndex() {
    node = new Node(TestStores.cassandra());
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
