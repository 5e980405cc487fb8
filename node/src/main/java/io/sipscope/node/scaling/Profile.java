package io.sipscope.node.scaling;

import java.util.Optional;
import java.util.regex.Pattern;

/// When a group of workers grows and shrinks: OpenSIPS's `auto_scaling_profile`.
///
/// `NAME scale up to N on P% for C cycles [within W] [scale down to M on Q% for D cycles]`:
/// one more, up to `most`, when the load was over `upPercent` in `upCycles` of the last `upWithin`
/// cycles; one less, down to `least`, when it was under `downPercent` in each of the last
/// `downCycles`.
///
/// @param name what it is attached by, in whatever case
/// @param least 0 = it never shrinks; the down part is 0 then, too
record Profile(
    String name,
    int most,
    int upPercent,
    int upCycles,
    int upWithin,
    int least,
    int downPercent,
    int downCycles) {

  /// What is looked back over; a longer memory serves nobody.
  private static final int MOST_CYCLES = 3_600;

  /// OpenSIPS's bound.
  private static final int MOST_PROCESSES = 999;

  /// Each is a thread; more than the cores of a large machine help nobody.
  static final int MOST_WORKERS = 64;

  static final String WANTED =
      "NAME scale up to N on P% for C cycles [within W] [scale down to M on Q% for D cycles],"
          + " M below N (at most "
          + MOST_PROCESSES
          + "), Q% below P% (1 to 100), C not above W, W and D at most "
          + MOST_CYCLES;

  private static final String NUMBER = "\\s+(\\d{1,6})";

  private static final Pattern GRAMMAR =
      Pattern.compile(
          "([\\w.-]{1,64})\\s+scale\\s+up\\s+to"
              + NUMBER
              + "\\s+on"
              + NUMBER
              + "\\s*%\\s+for"
              + NUMBER
              + "\\s+cycles(?:\\s+within"
              + NUMBER
              + "(?:\\s+cycles)?)?(?:\\s+scale\\s+down\\s+to"
              + NUMBER
              + "\\s+on"
              + NUMBER
              + "\\s*%\\s+for"
              + NUMBER
              + "\\s+cycles)?",
          Pattern.CASE_INSENSITIVE);

  /// Empty when it is not [#WANTED].
  static Optional<Profile> parse(String text) {
    var read = GRAMMAR.matcher(text.strip());
    if (!read.matches()) {
      return Optional.empty();
    }
    int upCycles = Integer.parseInt(read.group(4));
    var profile =
        new Profile(
            read.group(1),
            Integer.parseInt(read.group(2)),
            Integer.parseInt(read.group(3)),
            upCycles,
            number(read.group(5), upCycles),
            number(read.group(6), 0),
            number(read.group(7), 0),
            number(read.group(8), 0));
    return Optional.of(profile.least == 0 ? profile.neverShrinking() : profile)
        .filter(Profile::makesSense);
  }

  private static int number(String digits, int otherwise) {
    return digits == null ? otherwise : Integer.parseInt(digits);
  }

  private Profile neverShrinking() {
    return new Profile(name, most, upPercent, upCycles, upWithin, 0, 0, 0);
  }

  private boolean makesSense() {
    return most > least
        && most <= MOST_PROCESSES
        && upPercent > downPercent
        && upPercent <= 100
        && upCycles > 0
        && upCycles <= upWithin
        && upWithin <= MOST_CYCLES
        && downCycles <= MOST_CYCLES
        && (least == 0 || downCycles > 0);
  }

  /// With no more workers than are of use here.
  Profile capped() {
    return new Profile(
        name,
        Math.min(most, MOST_WORKERS),
        upPercent,
        upCycles,
        upWithin,
        Math.min(least, MOST_WORKERS - 1),
        downPercent,
        downCycles);
  }

  boolean isNamed(String other) {
    return name.equalsIgnoreCase(other);
  }
}
