package io.sipscope.http.query;

import io.sipscope.http.Problem;
import io.sipscope.http.json.Rfc3339;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.Uri;

/// The query parameters of one request. What is unknown, given twice, empty or unreadable ends it
/// with 400 and the parameter's name: a slip in a filter must not widen a search in silence.
public final class Parameters {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

  private final Map<String, String> values;

  private Parameters(Map<String, String> values) {
    this.values = values;
  }

  /// @param known the names this path has
  public static Parameters of(Uri uri, Set<String> known) {
    var values = new LinkedHashMap<String, String>();
    for (var given : uri.query().toList()) {
      var name = given.first();
      if (!known.contains(name)) {
        throw bad(name, "There is no parameter \"" + name + "\" here (there are: " + named(known));
      }
      if (given.second().isEmpty()) {
        throw bad(name, "\"" + name + "\" is empty (leave it out to say \"any\")");
      }
      if (values.put(name, given.second()) != null) {
        throw bad(name, "\"" + name + "\" is given twice (once is wanted)");
      }
    }
    return new Parameters(values);
  }

  private static String named(Set<String> known) {
    return known.isEmpty() ? "none)" : String.join(", ", known.stream().sorted().toList()) + ")";
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /// Nanoseconds since the epoch: of an RFC 3339 time, or of what call logs and scripts have, a
  /// number since the epoch whose digits tell its unit.
  public OptionalLong time(String name) {
    var text = values.get(name);
    if (text == null) {
      return OptionalLong.empty();
    }
    var time = EpochTime.matches(text) ? EpochTime.parse(text) : Rfc3339.parse(text);
    if (time.isEmpty()) {
      throw bad(
          name, text, "an RFC 3339 time such as 2026-11-21T09:30:00.5Z, or seconds since 1970");
    }
    return time;
  }

  public int number(String name, int otherwise, int least, int most) {
    var text = values.get(name);
    if (text == null) {
      return otherwise;
    }
    if (text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    }
    throw bad(name, text, "a whole number from " + least + " to " + most);
  }

  public boolean flag(String name) {
    return switch (values.getOrDefault(name, "false")) {
      case "true" -> true;
      case "false" -> false;
      case String other -> throw bad(name, other, "true or false");
    };
  }

  /// Nanoseconds; written `500ms`, `5s`, `2m`, `1h`.
  public long duration(String name, long otherwise, long most) {
    var text = values.get(name);
    if (text == null) {
      return otherwise;
    }
    var match = DURATION.matcher(text);
    if (match.matches()) {
      long nanos = Long.parseLong(match.group(1)) * unit(match.group(2));
      if (nanos <= most) {
        return nanos;
      }
    }
    throw bad(name, text, "a duration such as 500ms, 5s or 2m, at most " + most / unit("s") + "s");
  }

  private static long unit(String name) {
    return switch (name) {
      case "ms" -> 1_000_000L;
      case "s" -> 1_000_000_000L;
      case "m" -> 60_000_000_000L;
      default -> 3_600_000_000_000L;
    };
  }

  /// @param wanted what would be right
  public static Problem.Refused bad(String name, String value, String wanted) {
    return bad(name, "\"" + name + "\" is \"" + value + "\" (wanted: " + wanted + ")");
  }

  private static Problem.Refused bad(String name, String detail) {
    return Problem.badParameter(name, detail).refused();
  }
}
