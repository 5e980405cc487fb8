package io.sipscope.persistence.trace;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/// Keeps what was switched where the dialogs are kept, so that it outlives a restart of every node,
/// whatever disks they come back with.
public interface TraceMemory {

  /// Everything that is kept; what cannot be read is left out.
  CompletionStage<List<TraceEntry>> read();

  /// Keeps an entry, unless there is a later one of its name.
  CompletionStage<Done> keep(TraceEntry entry);

  /// Takes an entry out, unless there is a later one of its name.
  CompletionStage<Done> forget(TraceEntry entry);
}
