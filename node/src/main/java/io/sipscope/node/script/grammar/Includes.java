package io.sipscope.node.script.grammar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// Where the files of `include_file` come from.
@FunctionalInterface
public interface Includes {
  /// @param file the text's own name, from which the other one is looked up
  /// @return empty when it cannot be read
  Optional<Source> read(String file, String wanted);

  /// @param file its name, as complaints have it
  record Source(String file, String text) {}

  /// None: for a text that came over the network, which shall not read this machine's files.
  static Includes none() {
    return (_, _) -> Optional.empty();
  }

  /// Files, relative to the one that includes them.
  static Includes files() {
    return (file, wanted) -> {
      try {
        var path = Path.of(file).resolveSibling(wanted);
        return Files.size(path) > Words.LARGEST
            ? Optional.empty()
            : Optional.of(new Source(path.toString(), Files.readString(path)));
      } catch (IOException | InvalidPathException _) {
        return Optional.empty();
      }
    };
  }
}
