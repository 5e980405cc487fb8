package io.sipscope.persistence.recording;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Where it is kept which statistics are recorded: with the samples, so that all nodes find the
/// same, and it outlives them.
public interface ChoiceStore {

  /// What was chosen last; empty while nobody ever chose.
  CompletionStage<Optional<List<String>>> chosen();

  /// Keeps a choice in the place of the one before.
  ///
  /// @param names without line breaks
  CompletionStage<Void> choose(List<String> names);
}
