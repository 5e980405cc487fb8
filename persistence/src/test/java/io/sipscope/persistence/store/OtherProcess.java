package io.sipscope.persistence.store;

import io.sipscope.persistence.statistics.Counters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Opens a store in a JVM of its own: within one process H2 would share the file.
final class OtherProcess {
  private OtherProcess() {}

  /// What a process says that opens the H2 store of a folder.
  static String open(Path folder) {
    try {
      var process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  OtherProcess.class.getName(),
                  folder.toString())
              .redirectErrorStream(true)
              .start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void main(String[] arguments) {
    var system =
        ActorSystem.create(Behaviors.empty(), "other", TestStores.h2(Path.of(arguments[0])));
    try (var store = Store.open(system, new Counters())) {
      System.out.println("opened: " + store.trouble().isEmpty());
    } catch (Store.Unavailable e) {
      System.out.println(e.getMessage());
    } finally {
      system.terminate();
    }
  }
}
