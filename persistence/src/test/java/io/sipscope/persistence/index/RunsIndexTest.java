package io.sipscope.persistence.index;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;

/// All is in the open segment, of which each two rows are a run that is indexed.
class RunsIndexTest extends DialogIndexContract {
  private SegmentedIndex segmented;

  @Override
  protected DialogIndex emptyIndex() throws SQLException {
    segmented = new SegmentedIndex();
    return segmented.index();
  }

  @Override
  protected CompletionStage<Void> write(List<DialogRow> rows) {
    segmented.write(rows);
    segmented.indexed(2);
    return CompletableFuture.completedStage(null);
  }

  @AfterEach
  void stop() {
    segmented.close();
  }
}
