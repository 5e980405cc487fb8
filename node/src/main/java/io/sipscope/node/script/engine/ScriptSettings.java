package io.sipscope.node.script.engine;

import io.sipscope.node.Setting;
import java.nio.file.Path;
import java.util.Optional;

/// `sipscope.script`, checked.
///
/// @param file empty = no script
/// @param maxSteps statements that a run may take before it is taken for endless
public record ScriptSettings(Optional<Path> file, int maxSteps) {
  /// A loop over all statistics of a group takes some 10,000.
  private static final int FEWEST_STEPS = 100;

  private static final int MOST_STEPS = 100_000_000;

  public static ScriptSettings from(Setting setting) {
    var file = setting.text("sipscope.script.file");
    return new ScriptSettings(
        file.isBlank() ? Optional.empty() : Optional.of(Path.of(file.strip()).toAbsolutePath()),
        setting.count("sipscope.script.max-steps", FEWEST_STEPS, MOST_STEPS));
  }
}
