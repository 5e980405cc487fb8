package io.sipscope.persistence.index;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;

/// Each write has a segment of its own, and all but the last are indexed for searches.
class ClosedSegmentsIndexTest extends DialogIndexContract {
  private SegmentedIndex segmented;

  @Override
  protected DialogIndex emptyIndex() throws SQLException {
    segmented = new SegmentedIndex();
    return segmented.index();
  }

  @Override
  protected CompletionStage<Void> write(List<DialogRow> rows) {
    segmented.nextSegment();
    segmented.indexed(Integer.MAX_VALUE);
    segmented.write(rows);
    return CompletableFuture.completedStage(null);
  }

  @AfterEach
  void stop() {
    segmented.close();
  }
}
