package io.sipscope.persistence.legs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.sipscope.protocol.legs.LegRules;
import io.sipscope.protocol.link.LinkRules;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// What counts as another leg of a call: `sipscope.legs`.
public final class LegSettings {
  private static final String PATH = "sipscope.legs";
  private static final String HEADERS = PATH + ".headers";
  private static final String SUFFIX = PATH + ".call-id-suffix";
  private static final String WINDOW = PATH + ".window";
  private static final String PROXIMITY = PATH + ".proximity";
  private static final String DIGITS = PATH + ".number-digits";

  /// A header name (RFC 3261 §25.1, token), not longer than any that is in use.
  private static final Pattern NAME = Pattern.compile("[-.!%*_+`'~0-9A-Za-z]{1,64}");

  /// Each is looked for in every message that sets a call up.
  private static final int MAX_HEADERS = 16;

  private static final Duration MAX_WINDOW = Duration.ofHours(24);
  private static final Duration MAX_PROXIMITY = Duration.ofMinutes(1);
  private static final int LEAST_DIGITS = 4;
  private static final int MOST_DIGITS = 15;

  private LegSettings() {}

  /// Reads all of it from the whole configuration.
  ///
  /// @throws ConfigException with one sentence when something makes no sense
  public static LegRules from(Config config) {
    return new LegRules(
        links(config),
        duration(config, WINDOW, MAX_WINDOW),
        duration(config, PROXIMITY, MAX_PROXIMITY),
        digits(config),
        LegRules::address);
  }

  /// What of it counts while messages are taken in.
  public static LinkRules links(Config config) {
    return LinkRules.of(headers(config), suffix(config));
  }

  private static List<String> headers(Config config) {
    var names = config.getStringList(HEADERS);
    if (names.size() > MAX_HEADERS) {
      throw bad(config, HEADERS, names.size() + " names", "at most " + MAX_HEADERS);
    }
    for (var name : names) {
      if (!NAME.matcher(name).matches()) {
        throw bad(config, HEADERS, "\"" + name + "\"", "a header name such as X-Call-ID");
      }
    }
    return List.copyOf(names);
  }

  private static String suffix(Config config) {
    var text = config.getString(SUFFIX);
    try {
      var unused = Pattern.compile(text);
      return text;
    } catch (PatternSyntaxException e) {
      throw bad(
          config,
          SUFFIX,
          "\"" + text + "\"",
          "a regular expression; this one says: " + e.getDescription());
    }
  }

  private static long duration(Config config, String path, Duration most) {
    var duration = config.getDuration(path);
    if (duration.isNegative() || duration.compareTo(most) > 0) {
      throw bad(config, path, duration.toString(), "0 to " + most.toSeconds() + " s");
    }
    return duration.toNanos();
  }

  private static int digits(Config config) {
    int digits = config.getInt(DIGITS);
    if (digits < LEAST_DIGITS || digits > MOST_DIGITS) {
      throw bad(config, DIGITS, Integer.toString(digits), LEAST_DIGITS + " to " + MOST_DIGITS);
    }
    return digits;
  }

  private static ConfigException bad(Config config, String path, String value, String wanted) {
    return new ConfigException.BadValue(
        config.getValue(path).origin(), path, value + " (wanted: " + wanted + ")");
  }
}
