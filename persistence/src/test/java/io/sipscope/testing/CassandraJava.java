package io.sipscope.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds a Java that Cassandra 5.0 runs on, which is 17 or 11: newer ones have no security manager,
/// which it installs when it starts. Looks where the launcher looks.
final class CassandraJava {
  private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"?(\\d+)");
  private static final List<String> SUITABLE = List.of("17", "11");

  private CassandraJava() {}

  static Optional<Path> home() {
    return Found.HOME;
  }

  private static final class Found {
    static final Optional<Path> HOME = find();
  }

  private static Optional<Path> find() {
    var homes = homes();
    return SUITABLE.stream()
        .flatMap(version -> homes.stream().filter(home -> version.equals(version(home))))
        .findFirst();
  }

  private static List<Path> homes() {
    var homes = new ArrayList<Path>();
    var configured = System.getenv("JAVA_HOME");
    if (configured != null) {
      homes.add(Path.of(configured));
    }
    for (var folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      var java = Path.of(folder, "java");
      if (Files.isExecutable(java)) {
        homes.add(real(java).getParent().getParent());
      }
    }
    var user = System.getProperty("user.home");
    for (var parent :
        List.of("/usr/lib/jvm", "/opt/java", user + "/.sdkman/candidates/java", user + "/.jdks")) {
      homes.addAll(children(Path.of(parent)));
    }
    return homes;
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var children = Files.list(folder)) {
      return children.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String version(Path home) {
    var release = home.resolve("release");
    if (!Files.isReadable(release) || !Files.isExecutable(home.resolve("bin/java"))) {
      return "";
    }
    try {
      var version = VERSION.matcher(Files.readString(release));
      return version.find() ? version.group(1) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
