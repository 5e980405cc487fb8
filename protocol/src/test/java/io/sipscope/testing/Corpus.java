package io.sipscope.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The shared corpus of real captures, where a checkout has one beside it
/// (`../shared/corpus` of the repository). It is never part of the repository: tests over it are
/// extra, and where it is absent they run over nothing.
public final class Corpus {
  private Corpus() {}

  /// Every file under a folder of the corpus, sorted; empty where there is no corpus.
  public static List<Path> files(String folder) {
    var root = repository().resolveSibling("shared").resolve("corpus").resolve(folder);
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (var paths = Files.walk(root)) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The root of this checkout.
  public static Path repository() {
    var folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("http-api"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("not run from inside a checkout");
      }
    }
    return folder;
  }
}
