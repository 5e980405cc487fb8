package io.sipscope.protocol.verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The tags of a dialog's sides (RFC 3261 §12): each fork answers with its own To-tag, and each
/// confirmed fork ends with its own BYE. No more than a bound: when there are more, the earliest.
public final class Tags {
  private static final Comparator<Side> IN_ORDER =
      Comparator.<Side>comparingLong(side -> side.first).thenComparing(side -> side.tag);

  private static final class Side {
    final String tag;
    long first = Long.MAX_VALUE;
    boolean answered;
    Moment bye = Moment.NEVER;

    Side(String tag) {
      this.tag = tag;
    }
  }

  private final int bound;
  private final List<Side> sides = new ArrayList<>(2);

  Tags(int bound) {
    this.bound = bound;
  }

  /// The tag, as it is kept here: one text a tag is enough for all who keep it.
  String see(String tag, long time) {
    return tag.isEmpty() ? "" : side(tag, time).tag;
  }

  void answered(String tag, long time) {
    side(tag, time).answered = true;
  }

  void bye(String tag, Moment moment) {
    var side = side(tag, moment.time());
    side.bye = side.bye.earlier(moment);
  }

  /// Every tag but the caller's, in order of appearance.
  public List<String> others(String callerTag) {
    if (sides.size() > 1) {
      sides.sort(IN_ORDER);
    }
    var others = new ArrayList<String>(sides.size());
    for (var side : sides) {
      if (!side.tag.equals(callerTag) && !side.tag.isEmpty()) {
        others.add(side.tag);
      }
    }
    return List.copyOf(others);
  }

  /// When the last answered fork was ended by its BYE; never while one is still up. A dialog whose
  /// one answer or none was seen ends with any BYE.
  public Moment ended(String callerTag, Moment anyBye) {
    int answered = 0;
    var last = Moment.NEVER;
    boolean allEnded = true;
    for (var side : sides) {
      if (side.answered && !side.tag.equals(callerTag)) {
        answered++;
        allEnded &= side.bye.happened();
        last = last.happened() && last.time() >= side.bye.time() ? last : side.bye;
      }
    }
    if (answered < 2) {
      return anyBye;
    }
    return allEnded ? last : Moment.NEVER;
  }

  /// How many forks answered with a 2xx, and how many of them a BYE ended.
  int answers(String callerTag) {
    int answers = 0;
    for (var side : sides) {
      answers += side.answered && !side.tag.equals(callerTag) ? 1 : 0;
    }
    return answers;
  }

  int endedAnswers(String callerTag) {
    int ended = 0;
    for (var side : sides) {
      ended += side.answered && !side.tag.equals(callerTag) && side.bye.happened() ? 1 : 0;
    }
    return ended;
  }

  private Side side(String tag, long time) {
    for (var side : sides) {
      if (side.tag.equals(tag)) {
        side.first = Math.min(side.first, time);
        return side;
      }
    }
    var side = new Side(tag);
    side.first = time;
    sides.add(side);
    if (sides.size() > bound) {
      sides.remove(sides.stream().max(IN_ORDER).orElse(side));
    }
    return side;
  }
}
