package io.sipscope.persistence.trace;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The `hep_id` definitions of OpenSIPS 2.3 and later: `[name] host[:port][;transport=...]
/// [;version=...]`.
final class HepIds {
  static final String KEY = "sipscope.trace.hep-ids";

  private HepIds() {}

  /// @param problem what is wrong with the first bad line; empty when all are good
  record Read(Map<String, HepDefinition> byName, String badLine, String problem) {}

  static Read read(List<String> lines) {
    var byName = new LinkedHashMap<String, HepDefinition>();
    for (var line : lines) {
      switch (read(line)) {
        case Reading.Bad<Named>(var reason) -> {
          return new Read(Map.of(), line, reason);
        }
        case Reading.Good<Named>(var named) -> {
          if (byName.put(named.name(), named.definition()) != null) {
            return new Read(
                Map.of(), line, "hep_id " + named.name() + " a second time (wanted: each once)");
          }
        }
      }
    }
    return new Read(byName, "", "");
  }

  private record Named(String name, HepDefinition definition) {}

  private static Reading<Named> read(String line) {
    return switch (Bracketed.read(line)) {
      case Reading.Bad<Bracketed>(var reason) -> Reading.bad(reason);
      case Reading.Good<Bracketed>(var parts) ->
          switch (HepDefinition.read(parts.rest())) {
            case Reading.Bad<HepDefinition>(var reason) -> Reading.bad(reason);
            case Reading.Good<HepDefinition>(var definition) ->
                Reading.good(new Named(parts.name(), definition));
          };
    };
  }
}
