package io.sipscope.node.sources.live;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where programs are: on the PATH, and where a PATH of ordinary users lacks those for root.
final class Programs {
  private static final List<String> FOR_ROOT = List.of("/usr/sbin", "/sbin", "/usr/local/sbin");

  private Programs() {}

  static List<Path> folders() {
    var path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(Stream.of(path.split(File.pathSeparator, -1)), FOR_ROOT.stream())
        .filter(folder -> !folder.isBlank())
        .distinct()
        .map(Path::of)
        .toList();
  }

  static Optional<Path> find(String name, List<Path> folders) {
    return folders.stream()
        .map(folder -> folder.resolve(name))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }
}
