package io.sipscope.node.script.dispatcher;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads sets of destinations as a list file has them, a line each: `set uri` and maybe more,
/// which says nothing here; `#` begins a comment.
public final class Sets {
  /// More belong into a database.
  public static final int MAX_DESTINATIONS = 10_000;

  private Sets() {}

  /// @param sets by their numbers
  /// @param errors one sentence each, with its line
  public record Outcome(Map<Integer, List<String>> sets, List<String> errors) {}

  public static Outcome read(List<String> lines) {
    var sets = new LinkedHashMap<Integer, List<String>>();
    var errors = new ArrayList<String>();
    int destinations = 0;
    for (int number = 1; number <= lines.size(); number++) {
      var line = lines.get(number - 1);
      int comment = line.indexOf('#');
      var words = (comment < 0 ? line : line.substring(0, comment)).strip();
      if (words.isEmpty()) {
        continue;
      }
      var parts = Arrays.asList(words.split("\\s+", -1));
      if (!isNumber(parts.getFirst()) || parts.size() < 2 || !isSip(parts.get(1))) {
        errors.add("line " + number + ": \"" + words + "\" (wanted: set sip:host:port)");
      } else if (++destinations > MAX_DESTINATIONS) {
        errors.add("line " + number + ": more than " + MAX_DESTINATIONS + " destinations");
        break;
      } else {
        sets.computeIfAbsent(Integer.valueOf(parts.getFirst()), _ -> new ArrayList<>())
            .add(parts.get(1));
      }
    }
    return new Outcome(sets, errors);
  }

  /// Whether it can be the number of a set.
  static boolean isNumber(String text) {
    return text.matches("\\d{1,9}");
  }

  private static boolean isSip(String uri) {
    return uri.startsWith("sip:") || uri.startsWith("sips:");
  }
}
