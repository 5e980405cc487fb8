package io.sipscope.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import io.sipscope.testing.Corpus;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Every Java file of the repository is as google-java-format would write it.
class FormattingTest {
  private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".git");

  @Test
  void everyJavaFileIsFormatted() throws IOException {
    var formatter = new Formatter();
    var root = Corpus.repository();
    var files = javaFiles(root);
    assertFalse(files.isEmpty());
    var unformatted =
        files.stream()
            .filter(file -> !isFormatted(file, formatter))
            .map(file -> root.relativize(file).toString())
            .toList();
    assertEquals(List.of(), unformatted, "run ops/format");
  }

  private static boolean isFormatted(Path file, Formatter formatter) {
    try {
      var source = Files.readString(file);
      return source.equals(formatter.formatSourceAndFixImports(source));
    } catch (FormatterException | IOException e) {
      throw new IllegalStateException(file.toString(), e);
    }
  }

  private static List<Path> javaFiles(Path root) throws IOException {
    var files = new ArrayList<Path>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return NOT_OURS.contains(String.valueOf(folder.getFileName()))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }
}
