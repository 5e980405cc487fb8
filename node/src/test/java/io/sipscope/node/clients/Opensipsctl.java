package io.sipscope.node.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// How opensipsctl talks to the FIFO of 2.x, in the shell as it does: a reader in the background,
/// the request by `printf`, lines of text ending in an empty one.
///
/// @param replyFolder where the reply FIFO is made
record Opensipsctl(Path fifo, Path replyFolder) {
  private static final String FIFO_COMMAND =
      """
      fifo="$1"; folder="$2"; shift 2
      name="opensips_receiver_$$"
      path="$folder/$name"
      [ -w "$fifo" ] || exit 3
      mkfifo "$path" && chmod a+w "$path" || exit 4
      request=":$1:$name\\n"; shift
      while [ -n "$1" ]; do request="${request}$1\\n"; shift; done
      request="${request}\\n"
      cat < "$path" &
      printf "$request" > "$fifo"
      wait
      rm "$path"
      """;

  /// One reply FIFO for several commands, one after the other.
  private static final String MONITOR =
      """
      fifo="$1"; folder="$2"
      name="opensips_receiver_$$"
      path="$folder/$name"
      mkfifo "$path" && chmod a+w "$path" || exit 4
      cat < "$path" &
      cat > "$fifo" <<EOF
      :version:$name

      EOF
      wait
      cat < "$path" &
      cat > "$fifo" <<EOF
      :uptime:$name

      EOF
      wait
      cat < "$path" &
      cat > "$fifo" <<EOF
      :get_statistics:$name
      UAS_transactions
      UAC_transactions
      inuse_transactions

      EOF
      wait
      cat < "$path" &
      cat > "$fifo" <<EOF
      :get_statistics:$name
      usrloc:

      EOF
      wait
      rm "$path"
      """;

  /// `opensipsctl fifo COMMAND PARAMETER...`
  String fifo(String... commandAndParameters) throws Exception {
    return shell(FIFO_COMMAND, commandAndParameters);
  }

  /// One cycle of `opensipsctl monitor`.
  String monitor() throws Exception {
    return shell(MONITOR);
  }

  private String shell(String script, String... arguments) throws Exception {
    var command =
        new ArrayList<>(
            List.of("bash", "-c", script, "opensipsctl", fifo.toString(), replyFolder.toString()));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      assertTrue(process.waitFor(20, TimeUnit.SECONDS), "no answer, or no end of it");
      var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.exitValue(), text);
      return text;
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
  }
}
