package io.sipscope.node.script.dispatcher;

import io.sipscope.node.script.engine.ScriptFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Where the sets of a node come from: its configuration, and the `list_file` of its script. What
/// the file says of a set counts.
public record SetsOfNode(DispatcherSettings settings, Optional<Path> listFile) {

  /// Reads the file again.
  ///
  /// @return errors with the file's name and line, and what could be read
  public Sets.Outcome read() {
    var sets = new TreeMap<>(settings.sets());
    var errors = new ArrayList<String>();
    listFile.ifPresent(
        file -> {
          var listed = read(file);
          sets.putAll(listed.sets());
          listed.errors().forEach(error -> errors.add(file + ": error: " + error));
        });
    return new Sets.Outcome(sets, errors);
  }

  private static Sets.Outcome read(Path file) {
    return switch (ScriptFile.read(file)) {
      case ScriptFile.Text(var text) -> Sets.read(text.lines().toList());
      case ScriptFile.Unreadable(var why) ->
          new Sets.Outcome(Map.of(), List.of("list_file of the dispatcher: " + why));
    };
  }
}
