package io.sipscope.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.testing.Corpus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher in a checkout of its own, in a folder with a space in its name, with JDKs and a
/// Maven that only say how they were called.
class LauncherTest {
  private static final String SAYS_ARGUMENTS =
      """
      #!/bin/sh
      echo "pid $$"
      for word in "$@"; do echo "<$word>"; done
      """;

  @TempDir private Path temporary;
  private Path root;
  private Path jdk;

  private record Run(int exit, String out, long pid) {}

  @BeforeEach
  void aCheckout() throws IOException {
    root = Files.createDirectories(temporary.resolve("a check out"));
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    for (var folder : List.of("protocol", "persistence", "http-api", "node", "ops")) {
      Files.createDirectories(root.resolve(folder).resolve("src/main"));
    }
    for (var script : List.of("sipscope", "find-java.sh")) {
      Files.copy(
          Corpus.repository().resolve("ops").resolve(script), root.resolve("ops").resolve(script));
    }
    jdk = jdk("jdk-25", "25.0.1", SAYS_ARGUMENTS);
  }

  @Test
  void passesEveryWordOnUnchanged() throws Exception {
    built();
    var run = launch(Map.of(), "ladder", "a b", "*", "$x");
    assertEquals(0, run.exit(), run.out());
    assertTrue(
        run.out().endsWith("<io.sipscope.ops.Sipscope>\n<ladder>\n<a b>\n<*>\n<$x>\n"), run.out());
    assertTrue(run.out().contains("<" + root.resolve("ops/target/dist/lib/*") + ">"), run.out());
  }

  @Test
  void becomesTheJvmSoThatSignalsReachIt() throws Exception {
    built();
    var run = launch(Map.of(), "mi", "which");
    assertTrue(run.out().contains("pid " + run.pid() + "\n"), run.out());
  }

  @Test
  void worksThroughASymbolicLink() throws Exception {
    built();
    var link = Files.createSymbolicLink(temporary.resolve("link"), root.resolve("ops/sipscope"));
    var run = run(Map.of(), List.of("sh", link.toString(), "--version"));
    assertEquals(0, run.exit(), run.out());
    assertTrue(run.out().contains("<--version>"), run.out());
  }

  @Test
  void addsTheOptionsOfTheEnvironment() throws Exception {
    built();
    var run = launch(Map.of("SIPSCOPE_JAVA_OPTS", "-Xmx1g -Da=b"), "--version");
    assertTrue(run.out().contains("<-Xmx1g>\n<-Da=b>\n"), run.out());
  }

  @Test
  void aJdkThatWasNamedIsNeverPassedOver() throws Exception {
    built();
    var old = jdk("jdk-17", "17.0.15", SAYS_ARGUMENTS);
    var run = launch(Map.of("SIPSCOPE_JAVA_HOME", old.toString()), "--version");
    assertEquals(1, run.exit());
    assertEquals("sipscope: SIPSCOPE_JAVA_HOME=" + old + " is no JDK 25 or newer\n", run.out());
  }

  /// The machine may have such a JDK itself, which then comes first.
  @Test
  void anOlderJavaHomeIsPassedOverForOneThatSuits() throws Exception {
    built();
    var old = jdk("jdk-17", "17.0.15", "#!/bin/sh\necho too old\n");
    jdk("home/.sdkman/candidates/java/25.0.1-tem", "25.0.1", SAYS_ARGUMENTS);
    var home = temporary.resolve("home").toString();
    var run =
        launch(
            Map.of("SIPSCOPE_JAVA_HOME", "", "JAVA_HOME", old.toString(), "HOME", home),
            "--version");
    assertFalse(run.out().contains("too old") || run.out().contains("no JDK"), run.out());
  }

  @Test
  void buildsWhenNothingWasBuilt() throws Exception {
    var run = launch(Map.of(), "--version");
    assertEquals(0, run.exit(), run.out());
    assertTrue(run.out().contains("sipscope: building"), run.out());
    assertTrue(run.out().contains("<--version>"), run.out());
  }

  @Test
  void doesNotBuildWhatIsUpToDate() throws Exception {
    built();
    assertFalse(launch(Map.of(), "--version").out().contains("building"));
  }

  @Test
  void buildsWhenASourceIsNewer() throws Exception {
    built();
    var source = Files.writeString(root.resolve("protocol/src/main/New.java"), "class New {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
    assertTrue(launch(Map.of(), "--version").out().contains("building"));
  }

  @Test
  void aFailedBuildShowsWhyAndStartsNothing() throws Exception {
    maven("echo '[INFO] noise'; echo '[ERROR] cannot find symbol'; exit 1");
    var run = launch(Map.of(), "--version");
    assertEquals(1, run.exit());
    assertTrue(run.out().contains("[ERROR] cannot find symbol"), run.out());
    assertFalse(run.out().contains("noise") || run.out().contains("<--version>"), run.out());
  }

  private void built() throws IOException {
    var lib = Files.createDirectories(root.resolve("ops/target/dist/lib"));
    Files.writeString(lib.resolve("sipscope-ops.jar"), "");
  }

  private Path jdk(String name, String version, String java) throws IOException {
    var home = temporary.resolve(name);
    executable(home.resolve("bin/java"), java);
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private void maven(String script) throws IOException {
    executable(temporary.resolve("bin/mvn"), "#!/bin/sh\n" + script + "\n");
  }

  private static void executable(Path file, String script) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Run launch(Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("sh", root.resolve("ops/sipscope").toString()));
    command.addAll(List.of(words));
    return run(environment, command);
  }

  private Run run(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    if (!Files.exists(temporary.resolve("bin/mvn"))) {
      maven("mkdir -p ops/target/dist/lib && touch ops/target/dist/lib/sipscope-ops.jar");
    }
    var builder =
        new ProcessBuilder(command).directory(temporary.toFile()).redirectErrorStream(true);
    builder.environment().put("SIPSCOPE_JAVA_HOME", jdk.toString());
    builder.environment().put("PATH", temporary.resolve("bin") + ":/usr/bin:/bin");
    builder.environment().remove("SIPSCOPE_JAVA_OPTS");
    builder.environment().putAll(environment);
    var process = builder.start();
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), out, process.pid());
  }
}
