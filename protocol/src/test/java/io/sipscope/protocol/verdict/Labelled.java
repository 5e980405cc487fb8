package io.sipscope.protocol.verdict;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A dialog with the verdict it deserves, from the files beside this class.
///
/// ```text
/// = what it is > rule level : near misses, rules that must be silent
/// lines of a Script
/// ```
///
/// @param level `good`, `info`, `warn`, `bad`
/// @param near rules to whose case it comes close
record Labelled(String name, String rule, String level, List<String> near, List<String> script) {
  private static final Path FOLDER = Path.of("src", "test", "resources", "verdict");

  static List<Labelled> all() {
    try (var files = Files.list(FOLDER)) {
      return files.sorted().flatMap(file -> read(file).stream()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Labelled> read(Path file) {
    try {
      var all = new ArrayList<Labelled>();
      var script = new ArrayList<String>();
      var head = "";
      for (var line : Files.readAllLines(file)) {
        if (line.startsWith("=")) {
          close(head, script, all);
          head = line.substring(1).strip();
        } else if (!line.isBlank() && !line.startsWith("#")) {
          script.add(line.strip());
        }
      }
      close(head, script, all);
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(String head, List<String> script, List<Labelled> all) {
    if (!head.isEmpty()) {
      int arrow = head.indexOf('>');
      int colon = head.indexOf(':', arrow);
      var label = head.substring(arrow + 1, colon < 0 ? head.length() : colon).strip();
      var near = colon < 0 ? "" : head.substring(colon + 1).strip();
      all.add(
          new Labelled(
              head.substring(0, arrow).strip(),
              label.substring(0, label.indexOf(' ')),
              label.substring(label.indexOf(' ')).strip(),
              near.isEmpty() ? List.of() : List.of(near.split("\\s+", -1)),
              List.copyOf(script)));
    }
    script.clear();
  }

  List<Script.Line> lines() {
    return Script.of(script);
  }
}
