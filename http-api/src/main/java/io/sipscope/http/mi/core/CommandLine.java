package io.sipscope.http.mi.core;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What this process was started with, without its secrets. (OpenSIPS shows everything.)
final class CommandLine {
  private static final Path OF_THIS_PROCESS = Path.of("/proc/self/cmdline");

  private static final String MASK = "***";

  /// `-Dsipscope.postgres.password=secret`, `--token=secret`: the value, when the name tells that
  /// it is one. Also in the middle of other text: `url=jdbc:...?user=a&password=secret`.
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)([\\w.-]*(?:password|passwd|pwd|secret|token|credential|api-?key|private-?key)"
              + "[\\w.-]*\\s*[=:]\\s*)(\"[^\"]*\"|[^&;,\\s\"}\\]]+)");

  /// `mysql://user:secret@host/db`.
  private static final Pattern IN_URL = Pattern.compile("(://[^/\\s:@]*:)[^\\s]*@");

  private CommandLine() {}

  static List<String> masked() {
    return words().map(CommandLine::masked).toList();
  }

  static String masked(String word) {
    var urls = IN_URL.matcher(word).replaceAll("$1" + MASK + "@");
    return NAMED.matcher(urls).replaceAll("$1" + MASK);
  }

  /// As the kernel has it; where there is no such file, what the JVM knows.
  private static Stream<String> words() {
    try {
      var line = new String(Files.readAllBytes(OF_THIS_PROCESS), StandardCharsets.UTF_8);
      return Stream.of(line.split("\0"));
    } catch (IOException _) {
      return Stream.concat(
          Stream.of("java"), ManagementFactory.getRuntimeMXBean().getInputArguments().stream());
    }
  }
}
