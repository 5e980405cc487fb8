package io.sipscope.persistence.alerts;

import java.util.Optional;
import java.util.regex.Pattern;

/// When somebody is to be told that a number is too high or too low.
///
/// @param statistic `group:name` or a bare name, of all nodes together; or a KPI ([Kpi])
/// @param rate whether it is what the statistic grows by in a second
/// @param above whether it is too high; otherwise too low
/// @param bound is neither too high nor too low itself
/// @param forSeconds for so long it has to be so, and not to be so, before it is told
/// @param webhook is told besides the subscribers of `E_ALERT`
public record AlertRule(
    String name,
    String statistic,
    boolean rate,
    boolean above,
    double bound,
    int forSeconds,
    Optional<String> webhook) {
  /// A day: who waits longer watches statistics of the past.
  public static final int MOST_SECONDS = 86_400;

  public static final int MOST_TEXT = 200;

  private static final Pattern NAME =
      Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_ .:()%/-]{0,63}");

  /// Fields of a kept one, a line each.
  private static final int LINES = 6;

  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  public String comparison() {
    return above ? "above" : "below";
  }

  boolean isOfKpi() {
    return Kpi.parse(statistic).isPresent();
  }

  boolean isCrossedBy(double value) {
    return above ? value > bound : value < bound;
  }

  /// As it is kept: all but its name, a line each.
  String text() {
    return String.join(
        "\n",
        statistic,
        Boolean.toString(rate),
        comparison(),
        Double.toString(bound),
        Integer.toString(forSeconds),
        webhook.orElse(""));
  }

  /// Empty for what was not written by [#text].
  static Optional<AlertRule> parse(String name, String text) {
    var lines = text.split("\n", -1);
    if (lines.length != LINES) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new AlertRule(
              name,
              lines[0],
              lines[1].equals("true"),
              lines[2].equals("above"),
              Double.parseDouble(lines[3]),
              Integer.parseInt(lines[4]),
              lines[5].isEmpty() ? Optional.empty() : Optional.of(lines[5])));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}
