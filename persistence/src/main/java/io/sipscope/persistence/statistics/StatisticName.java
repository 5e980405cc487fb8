package io.sipscope.persistence.statistics;

import java.util.Optional;
import java.util.regex.Pattern;

/// A statistic's name, `group:name` as OpenSIPS prints it.
public record StatisticName(String group, String name) implements Comparable<StatisticName> {
  /// Longer ones would be somebody's message text rather than a name.
  public static final int MAX_LENGTH = 128;

  private static final int MAX_CLEANED = 64;
  private static final Pattern UNCLEAN = Pattern.compile("[^A-Za-z0-9_.-]");

  /// Reads `group:name`; empty when it is not of that form.
  public static Optional<StatisticName> of(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? Optional.empty()
        : Optional.of(new StatisticName(text.substring(0, colon), text.substring(colon + 1)))
            .filter(name -> isWord(name.group()) && isWord(name.name()));
  }

  /// Whether a text can be a group or a name: a few visible characters and no colon. OpenSIPS has
  /// one with a blank (`uri:positive checks`).
  public static boolean isWord(String text) {
    return !text.isBlank()
        && text.length() <= MAX_LENGTH
        && text.chars().noneMatch(c -> c == ':' || Character.isISOControl(c));
  }

  /// A name from outside as part of a statistic's: cut, as it is repeated in every list, and with
  /// an underscore for what is neither letter, digit, dot nor dash.
  public static String cleaned(String text) {
    var cut = text.substring(0, Math.min(text.length(), MAX_CLEANED));
    return cut.isEmpty() ? "_" : UNCLEAN.matcher(cut).replaceAll("_");
  }

  @Override
  public int compareTo(StatisticName other) {
    int byGroup = group.compareTo(other.group);
    return byGroup != 0 ? byGroup : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return group + ":" + name;
  }
}
