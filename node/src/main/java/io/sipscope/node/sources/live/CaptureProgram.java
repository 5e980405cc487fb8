package io.sipscope.node.sources.live;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A program that captures, and how it is told to write what it captures to its standard output.
///
/// None is put into libpcap's immediate mode, which wakes it for each packet: they are handed what
/// came within their read timeout, 250 ms (dumpcap, tshark) or 1 s (tcpdump) by default.
///
/// @param path of the program
record CaptureProgram(Kind kind, Path path) {

  /// In the order in which they are looked for: dumpcap does nothing else, and is what tshark
  /// starts.
  enum Kind {
    DUMPCAP,
    TSHARK,
    TCPDUMP;

    String program() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final long KIBIBYTE = 1 << 10;
  private static final long MEBIBYTE = 1 << 20;

  /// The program of the settings, or the first of the kinds that is there; empty when none is.
  ///
  /// @param wanted a name or path; empty: any. A program of another name is taken to understand
  /// what dumpcap does.
  /// @param folders where programs of a name alone are looked for
  static Optional<CaptureProgram> find(String wanted, List<Path> folders) {
    if (wanted.isEmpty()) {
      for (var kind : Kind.values()) {
        var found = Programs.find(kind.program(), folders);
        if (found.isPresent()) {
          return found.map(path -> new CaptureProgram(kind, path));
        }
      }
      return Optional.empty();
    }
    var named = Path.of(wanted);
    var found =
        named.getNameCount() > 1 || named.isAbsolute()
            ? Optional.of(named).filter(Files::isExecutable)
            : Programs.find(wanted, folders);
    return found.map(path -> new CaptureProgram(kindOf(path), path));
  }

  private static Kind kindOf(Path path) {
    var name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    for (var kind : Kind.values()) {
      if (name.startsWith(kind.program())) {
        return kind;
      }
    }
    return Kind.DUMPCAP;
  }

  String name() {
    return path.getFileName().toString();
  }

  /// The program and its arguments, each as the program gets it: there is no shell in between.
  List<String> command(String networkInterface, CaptureSettings settings) {
    var command = new ArrayList<>(List.of(path.toString(), "-i", networkInterface));
    switch (kind) {
      case DUMPCAP, TSHARK -> {
        command.addAll(List.of("-q", "-B", Long.toString(settings.bufferBytes() / MEBIBYTE)));
        if (kind == Kind.TSHARK) {
          command.add("-n");
        }
        if (!settings.filter().isEmpty()) {
          command.addAll(List.of("-f", settings.filter()));
        }
        command.addAll(List.of("-w", "-"));
      }
      case TCPDUMP -> {
        command.addAll(List.of("-n", "-U", "-s", "0"));
        command.addAll(List.of("-B", Long.toString(settings.bufferBytes() / KIBIBYTE)));
        command.addAll(List.of("-w", "-", "--"));
        if (!settings.filter().isEmpty()) {
          command.add(settings.filter());
        }
      }
    }
    return command;
  }
}
