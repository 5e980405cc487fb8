package io.sipscope.persistence.recording;

import java.util.List;
import java.util.concurrent.CompletionStage;

/// Where samples are kept. Times are milliseconds since the epoch.
public interface SampleStore {

  /// Keeps a sample; of two of the same time one is kept.
  CompletionStage<Void> append(Sample sample);

  /// The last sample of each step that has one, oldest first.
  ///
  /// @param from included; steps are counted from the epoch
  /// @param to not included
  CompletionStage<List<Sample>> read(long from, long to, long step);

  /// Deletes what is older.
  CompletionStage<Void> forget(long before);
}
