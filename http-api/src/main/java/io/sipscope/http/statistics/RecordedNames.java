package io.sipscope.http.statistics;

import io.sipscope.persistence.recording.Recording;
import io.sipscope.persistence.recording.RecordingSettings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Chooses what is recorded from now on, for all nodes, whoever asks for it: HTTP or MI.
public final class RecordedNames {
  /// A sample of so many takes some 10 kB, each interval.
  private static final int MOST = 1_000;

  private final Recording recording;

  public RecordedNames(Recording recording) {
    this.recording = recording;
  }

  public CompletionStage<List<String>> read() {
    return recording.names();
  }

  /// Why these cannot be chosen, one sentence; empty when they can.
  public static Optional<String> refusal(List<String> names) {
    if (names.size() > MOST) {
      return Optional.of("There are " + names.size() + " names (wanted: at most " + MOST + ")");
    }
    return names.stream()
        .filter(name -> !RecordingSettings.isName(name))
        .findFirst()
        .map(name -> "\"" + name + "\" (wanted: all, group:, name or group:name)");
  }

  /// @param names of which none was refused; none at all = nothing is recorded
  public CompletionStage<List<String>> choose(List<String> names) {
    var once = List.copyOf(new LinkedHashSet<>(names));
    return recording.choice().choose(once).thenApply(_ -> once);
  }
}
