package io.sipscope.node.script.engine;

import io.sipscope.http.script.PolicyScript;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The text of a script, from a file that is no larger than a script can be.
public final class ScriptFile {
  private ScriptFile() {}

  public sealed interface Outcome {}

  public record Text(String text) implements Outcome {}

  /// @param why one sentence
  public record Unreadable(String why) implements Outcome {}

  public static Outcome read(Path file) {
    try (var in = Files.newInputStream(file)) {
      var bytes = in.readNBytes(PolicyScript.MAX_BYTES + 1);
      return bytes.length > PolicyScript.MAX_BYTES
          ? new Unreadable("it has more than " + PolicyScript.MAX_BYTES + " bytes")
          : new Text(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException failure) {
      return new Unreadable("it cannot be read: " + failure);
    }
  }
}
