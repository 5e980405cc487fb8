package io.sipscope.node.script.compile;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// What a script of OpenSIPS may name that has no meaning for captured messages: a proxy's
/// functions, variables and settings. A script that uses them loads, and is told of each once.
final class Elsewhere {
  static final Elsewhere OPENSIPS = read("opensips.txt");

  private final Map<String, Integer> functions = new HashMap<>();
  private final Set<String> modules = new HashSet<>();
  private final Map<String, Set<String>> others = new HashMap<>();
  private final Map<String, Set<String>> parameters = new HashMap<>();

  private Elsewhere() {}

  private static Elsewhere read(String resource) {
    var all = new Elsewhere();
    var stream = Objects.requireNonNull(Elsewhere.class.getResourceAsStream(resource), resource);
    try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(line -> all.add(Arrays.asList(line.split(" +"))));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return all;
  }

  private void add(List<String> words) {
    var kind = words.getFirst();
    var rest = words.subList(1, words.size());
    switch (kind) {
      case "true", "false" -> {
        modules.add(rest.getFirst());
        rest.stream()
            .skip(1)
            .forEach(name -> functions.putIfAbsent(name, kind.equals("true") ? 1 : -1));
      }
      case "parameter" ->
          parameters
              .computeIfAbsent(rest.getFirst(), _ -> new HashSet<>())
              .addAll(rest.subList(1, rest.size()));
      default -> others.computeIfAbsent(kind, _ -> new HashSet<>()).addAll(rest);
    }
  }

  /// What each function gives: 1 = true, -1 = false.
  Map<String, Integer> functions() {
    return functions;
  }

  /// Modules whose functions are known.
  boolean hasModule(String name) {
    return modules.contains(name);
  }

  /// Whether a node has in its own way what the module is for.
  boolean hasItsOwn(String module) {
    return of("module").contains(module);
  }

  Set<String> variables() {
    return of("variable");
  }

  /// Whether OpenSIPS lets a script write to it: it would change the message.
  boolean isWritable(String variable) {
    return of("writable").contains(variable);
  }

  Set<String> settings() {
    return of("setting");
  }

  boolean hasMeaning(String setting) {
    return of("meaning").contains(setting);
  }

  /// Those parameters of a module that mean something here; empty for a module that has none.
  Set<String> parameters(String module) {
    return parameters.getOrDefault(module, Set.of());
  }

  private Set<String> of(String kind) {
    return others.getOrDefault(kind, Set.of());
  }
}
