package io.sipscope.persistence.recording;

import java.util.List;
import java.util.concurrent.CompletionStage;

/// What was recorded, and what is: as configured, until somebody chooses otherwise.
///
/// @param choice whoever chose
public record Recording(SampleStore samples, RecordingSettings settings, ChoiceStore choice) {

  /// What is recorded from now on: `all`, `group:`, `name` or `group:name` each.
  public CompletionStage<List<String>> names() {
    return choice.chosen().thenApply(chosen -> chosen.orElse(settings.names()));
  }
}
