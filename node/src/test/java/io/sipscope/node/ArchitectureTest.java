package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.testing.Corpus;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Arrows point down: a room may know the rooms below it, and none above it. The classes of all
/// four rooms are read, as the compiler left them.
class ArchitectureTest {
  private static final List<String> MODULES =
      List.of("node", "http-api", "persistence", "protocol");

  /// From the top down, as packages.
  private static final List<String> ROOMS =
      List.of(
          "io/sipscope/node/",
          "io/sipscope/http/",
          "io/sipscope/persistence/",
          "io/sipscope/protocol/");

  private static final String PROTOCOL = ROOMS.getLast();

  /// Class names inside descriptors and signatures: `Ljava/util/List<Lio/sipscope/...;>;`.
  private static final Pattern IN_SIGNATURE = Pattern.compile("L([\\w$]+(?:/[\\w$]+)+)[;<]");

  private record Known(String name, Set<String> others) {}

  static List<Known> classes() throws IOException {
    var classes = new ArrayList<Known>();
    for (var module : MODULES) {
      var folder = Corpus.repository().resolve(module).resolve("target/classes");
      try (var files = Files.walk(folder)) {
        for (var file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
          classes.add(known(file));
        }
      }
    }
    return classes;
  }

  private static Known known(Path file) throws IOException {
    var model = ClassFile.of().parse(file);
    var others = new TreeSet<String>();
    for (var entry : model.constantPool()) {
      switch (entry) {
        case ClassEntry other -> others.add(other.asInternalName());
        case Utf8Entry text -> addSignature(text.stringValue(), others);
        default -> {}
      }
    }
    return new Known(model.thisClass().asInternalName(), others);
  }

  private static void addSignature(String text, Set<String> others) {
    if (text.startsWith("(") || text.startsWith("L") || text.startsWith("<")) {
      IN_SIGNATURE.matcher(text).results().forEach(found -> others.add(found.group(1)));
    }
  }

  private static int room(String name) {
    for (int depth = 0; depth < ROOMS.size(); depth++) {
      if (name.startsWith(ROOMS.get(depth))) {
        return depth;
      }
    }
    return ROOMS.size();
  }

  @Test
  void everyRoomHasClasses() throws IOException {
    var rooms = classes().stream().map(known -> room(known.name())).distinct().sorted().toList();
    assertEquals(List.of(0, 1, 2, 3), rooms);
  }

  @Test
  void noRoomKnowsOneAboveIt() throws IOException {
    var wrong = new TreeSet<String>();
    for (var known : classes()) {
      known.others().stream()
          .filter(other -> room(other) < room(known.name()))
          .forEach(other -> wrong.add(known.name() + " knows " + other));
    }
    assertEquals(Set.of(), wrong);
  }

  @Test
  void protocolKnowsTheJdkAndNothingElse() throws IOException {
    var wrong = new TreeSet<String>();
    for (var known : classes()) {
      if (known.name().startsWith(PROTOCOL)) {
        known.others().stream()
            .map(other -> other.replaceFirst("^\\[+L?", ""))
            .filter(other -> other.indexOf('/') > 0)
            .filter(other -> !other.startsWith(PROTOCOL) && !other.startsWith("java/"))
            .forEach(other -> wrong.add(known.name() + " knows " + other));
      }
    }
    assertEquals(Set.of(), wrong);
  }

  /// Inside protocol: the text format knows no wire it came over (HEP asks it where a padded
  /// message
  /// ends), a wire format knows no other,
  /// and what a conversation means knows none of them.
  static Stream<List<String>> forbiddenInsideProtocol() {
    return Stream.of(
        List.of("sip", "hep", "pcap", "net", "stream", "dialog", "capture"),
        List.of("sdp", "hep", "pcap", "net", "stream", "dialog", "capture"),
        List.of("hep", "pcap", "stream", "dialog"),
        List.of("pcap", "hep", "dialog"),
        List.of("net", "hep", "dialog"),
        List.of("stream", "hep", "dialog"),
        List.of("capture", "hep", "pcap", "stream", "dialog", "sip"),
        List.of("verdict", "hep", "pcap", "stream", "dialog", "capture"),
        List.of("dialog", "hep", "pcap", "stream"));
  }

  /// @param packages the first must know none of the others
  @ParameterizedTest
  @MethodSource("forbiddenInsideProtocol")
  void insideProtocolArrowsPointDownToo(List<String> packages) throws IOException {
    var own = PROTOCOL + packages.getFirst() + "/";
    var wrong = new TreeSet<String>();
    boolean found = false;
    for (var known : classes()) {
      if (known.name().startsWith(own)) {
        found = true;
        for (var forbidden : packages.subList(1, packages.size())) {
          known.others().stream()
              .filter(other -> other.startsWith(PROTOCOL + forbidden + "/"))
              .forEach(other -> wrong.add(known.name() + " knows " + other));
        }
      }
    }
    assertTrue(found, own + " has no classes");
    assertEquals(Set.of(), wrong);
  }
}
