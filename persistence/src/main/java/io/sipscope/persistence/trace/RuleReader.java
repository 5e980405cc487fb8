package io.sipscope.persistence.trace;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Reads `sipscope.trace.rules`, and refuses what makes no sense: a rule that is misread would
/// trace the wrong calls in silence.
final class RuleReader {
  static final String KEY = "sipscope.trace.rules";

  private static final Set<String> FIELDS =
      Set.of(
          "methods",
          "in-dialog",
          "from-user",
          "to-user",
          "source",
          "destination",
          "header",
          "trace-id",
          "scope",
          "attributes");

  /// RFC 3261 §25.1, `token`.
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9\\-.!%*_+`'~]{1,64}");

  /// The column is no wider.
  private static final int LONGEST_ATTRIBUTES = 255;

  private final Config config;
  private final Config rule;
  private final String where;

  private RuleReader(Config config, Config rule, String where) {
    this.config = config;
    this.rule = rule;
    this.where = where;
  }

  /// @param ids the configured trace_ids
  static List<TraceRule> read(Config config, List<String> ids) {
    var rules = new ArrayList<TraceRule>();
    for (var value : config.getList(KEY)) {
      if (!(value instanceof ConfigObject object)) {
        throw TraceSettings.bad(
            config, KEY, "rule " + (rules.size() + 1) + " is no object (wanted: {trace-id: ...})");
      }
      var where = "rule " + (rules.size() + 1);
      rules.add(new RuleReader(config, object.toConfig(), where).read(object.keySet(), ids));
    }
    return List.copyOf(rules);
  }

  private TraceRule read(Set<String> fields, List<String> ids) {
    for (var field : fields) {
      if (!FIELDS.contains(field)) {
        throw bad(field, "not a field (wanted: " + String.join(", ", sorted()) + ")");
      }
    }
    var traceId = text("trace-id").orElse("");
    if (!ids.contains(traceId)) {
      throw bad(
          "trace-id",
          "\""
              + traceId
              + "\" (wanted: one of "
              + TraceDefinitions.KEY
              + ": "
              + String.join(", ", ids.stream().distinct().toList())
              + ")");
    }
    return new TraceRule(
        list("methods", RuleReader::method, "SIP methods such as INVITE"),
        inDialog(),
        list("from-user", RuleReader::user, "a user, or user@host"),
        list("to-user", RuleReader::user, "a user, or user@host"),
        list("source", Network::of, "an IP address, a CIDR block, or ip:port"),
        list("destination", Network::of, "an IP address, a CIDR block, or ip:port"),
        header(),
        traceId,
        scope(),
        attributes());
  }

  private static List<String> sorted() {
    return FIELDS.stream().sorted().toList();
  }

  private static Optional<String> method(String text) {
    return Optional.of(text.toUpperCase(Locale.ROOT))
        .filter(method -> TOKEN.matcher(method).matches());
  }

  private static Optional<String> user(String text) {
    return Optional.of(text).filter(user -> !user.isBlank());
  }

  private Optional<Boolean> inDialog() {
    var given = text("in-dialog");
    if (given.isEmpty()) {
      return Optional.empty();
    }
    return switch (given.get()) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      case String other -> throw bad("in-dialog", "\"" + other + "\" (wanted: true or false)");
    };
  }

  private Optional<TraceRule.HeaderTest> header() {
    var given = text("header");
    if (given.isEmpty()) {
      return Optional.empty();
    }
    int colon = given.get().indexOf(':');
    var name = (colon < 0 ? given.get() : given.get().substring(0, colon)).strip();
    var value = colon < 0 ? "" : given.get().substring(colon + 1).strip();
    if (!TOKEN.matcher(name).matches() || (colon >= 0 && value.isEmpty())) {
      throw bad("header", "\"" + given.get() + "\" (wanted: \"Name\" or \"Name: value\")");
    }
    return Optional.of(new TraceRule.HeaderTest(name, value));
  }

  private Optional<TraceScope> scope() {
    var given = text("scope");
    if (given.isEmpty()) {
      return Optional.empty();
    }
    var scope = TraceScope.of(given.get());
    if (scope.isEmpty()) {
      throw bad("scope", "\"" + given.get() + "\" (wanted: m, t or d)");
    }
    return scope;
  }

  private String attributes() {
    var given = text("attributes").orElse("");
    if (given.length() > LONGEST_ATTRIBUTES) {
      throw bad(
          "attributes",
          given.length() + " characters (wanted: " + LONGEST_ATTRIBUTES + " or less)");
    }
    return given;
  }

  private Optional<String> text(String field) {
    if (!rule.hasPath(field)) {
      return Optional.empty();
    }
    return switch (rule.getValue(field).unwrapped()) {
      case String text -> Optional.of(text);
      case Boolean flag -> Optional.of(flag.toString());
      case Number number -> Optional.of(number.toString());
      default -> throw bad(field, "a list or object (wanted: a text)");
    };
  }

  /// One text, or a list of them.
  private <T> List<T> list(String field, Function<String, Optional<T>> read, String wanted) {
    if (!rule.hasPath(field)) {
      return List.of();
    }
    var given = rule.getValue(field).unwrapped();
    var items = given instanceof List<?> several ? several : List.of(given);
    if (items.isEmpty()) {
      throw bad(field, "empty (wanted: " + wanted + "; leave it out to say \"any\")");
    }
    var values = new ArrayList<T>();
    for (var item : items) {
      boolean isText = item instanceof String || item instanceof Number; // 1001 is a user, too
      var value = isText ? read.apply(item.toString().strip()) : Optional.<T>empty();
      values.add(value.orElseThrow(() -> bad(field, "\"" + item + "\" (wanted: " + wanted + ")")));
    }
    return List.copyOf(values);
  }

  private ConfigException bad(String field, String sentence) {
    return TraceSettings.bad(config, KEY, where + ", " + field + ": " + sentence);
  }
}
