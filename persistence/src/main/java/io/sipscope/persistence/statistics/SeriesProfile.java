package io.sipscope.persistence.statistics;

import java.util.Locale;

/// How the values of a series are put together, as OpenSIPS's `stat_series_profile` declares it:
/// `perc: algorithm=percentage group=calls window=60 slots=60 percentage_factor=100`.
///
/// @param group that its statistics are shown in; the profile's name unless it is given
/// @param windowSeconds how long a value counts
/// @param slots parts of the window: values leave a slot at a time
/// @param factor what the whole of a percentage is
public record SeriesProfile(
    String name, Algorithm algorithm, String group, int windowSeconds, int slots, int factor) {

  /// A day: a series keeps so many seconds at most, and a slot for each.
  static final int MAX_WINDOW = 86_400;

  private static final int MAX_FACTOR = 1_000_000;
  private static final int WINDOW = 60;
  private static final int FACTOR = 100;

  public enum Algorithm {
    /// The sum of the values.
    ACCUMULATE,
    /// Their mean.
    AVERAGE,
    /// How much of their size is positive.
    PERCENTAGE
  }

  sealed interface Parsed {
    record Profile(SeriesProfile profile) implements Parsed {}

    record Unreadable(String wanted) implements Parsed {}
  }

  /// What is read so far.
  private static final class Reading {
    private Algorithm algorithm = Algorithm.ACCUMULATE;
    private String group = "";
    private int window = WINDOW;
    private int slots;
    private int factor = FACTOR;

    /// Whether the pair makes sense.
    private boolean takes(String key, String value) {
      return switch (key) {
        case "algorithm" -> takesAlgorithm(value);
        case "group" -> {
          group = value;
          yield StatisticName.isWord(value);
        }
        case "hash_size" -> number(value, Integer.MAX_VALUE) > 0; // of OpenSIPS's table; ours grows
        case "window" -> (window = number(value, MAX_WINDOW)) > 0;
        case "slots" -> (slots = number(value, MAX_WINDOW)) > 0;
        case "percentage_factor" -> (factor = number(value, MAX_FACTOR)) > 0;
        default -> false;
      };
    }

    private boolean takesAlgorithm(String value) {
      for (var known : Algorithm.values()) {
        if (known.name().toLowerCase(Locale.ROOT).equals(value)) {
          algorithm = known;
          return true;
        }
      }
      return false;
    }

    /// 0 where it is none, or too large.
    private static int number(String text, int most) {
      if (text.isEmpty()
          || text.length() > 9
          || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return 0;
      }
      int value = Integer.parseInt(text);
      return value <= most ? value : 0;
    }
  }

  static Parsed parse(String text) {
    int colon = text.indexOf(':');
    var name = (colon < 0 ? text : text.substring(0, colon)).strip();
    if (!StatisticName.isWord(name)) {
      return new Parsed.Unreadable("name: algorithm=accumulate window=60 and so on");
    }
    var reading = new Reading();
    var options = colon < 0 ? "" : text.substring(colon + 1).strip();
    for (var pair : options.split("[\\s;]+", -1)) {
      int equals = pair.indexOf('=');
      if (!pair.isEmpty()
          && (equals < 0
              || !reading.takes(pair.substring(0, equals), pair.substring(equals + 1)))) {
        return new Parsed.Unreadable(
            "of algorithm=accumulate|average|percentage, hash_size, group, window (seconds, at most"
                + " "
                + MAX_WINDOW
                + "), slots and percentage_factor, and not \""
                + pair
                + "\"");
      }
    }
    int slots = reading.slots == 0 ? reading.window : reading.slots;
    if (slots > reading.window * 1_000L) {
      return new Parsed.Unreadable("slots of a millisecond at least");
    }
    return new Parsed.Profile(
        new SeriesProfile(
            name,
            reading.algorithm,
            reading.group.isEmpty() ? name : reading.group,
            reading.window,
            slots,
            reading.factor));
  }

  /// A statistic that a series of this profile is.
  Description description() {
    return switch (algorithm) {
      case ACCUMULATE -> described("events", "The sum of what was reported");
      case AVERAGE -> described("events", "The mean of what was reported");
      case PERCENTAGE ->
          described("share", "How much of what was reported was positive, of " + factor + ",");
    };
  }

  private Description described(String unit, String what) {
    return new Description(
        Kind.COMPUTED,
        unit,
        Across.SUM,
        /* hidden */ false,
        what + " in the last " + windowSeconds + " seconds.");
  }
}
