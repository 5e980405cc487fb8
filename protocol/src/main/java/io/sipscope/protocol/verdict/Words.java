package io.sipscope.protocol.verdict;

import io.sipscope.protocol.net.Endpoint;

/// How rules say times, counts and hosts.
final class Words {
  static final long SECOND = 1_000_000_000L;

  private static final long TENTH = SECOND / 10;
  private static final long MILLISECOND = SECOND / 1_000;

  /// From here on tenths of a second say nothing.
  private static final long LONG = 120;

  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;

  private Words() {}

  /// ` after 1.2 s`; empty when either was not seen. Never negative, as agents' clocks differ.
  static String after(Moment from, Moment to) {
    return from.happened() && to.happened() ? " after " + span(from.until(to)) : "";
  }

  /// `120 ms`, `1.2 s`, `1 h 2 min 3 s`
  static String span(long nanos) {
    if (nanos < SECOND - TENTH / 2) {
      return nanos < MILLISECOND
          ? "less than 1 ms"
          : (nanos + MILLISECOND / 2) / MILLISECOND + " ms";
    }
    long tenths = (nanos + TENTH / 2) / TENTH;
    long seconds = tenths / 10;
    if (seconds < LONG) {
      return seconds + "." + tenths % 10 + " s";
    }
    var text = new StringBuilder();
    if (seconds >= HOUR) {
      text.append(seconds / HOUR).append(" h ");
    }
    return text.append(seconds % HOUR / MINUTE)
        .append(" min ")
        .append(seconds % MINUTE)
        .append(" s")
        .toString();
  }

  static String times(int count) {
    return count == 1 ? "once" : count + " times";
  }

  static String times(int count, String what) {
    return count == 1 ? "one " + what : count + " " + what + "s";
  }

  /// The address of one end of a leg, as a ladder names it: with its port where both ends have the
  /// same address.
  static String callee(Leg leg) {
    return host(leg.clues.to, leg.clues.from);
  }

  static String caller(Leg leg) {
    return host(leg.clues.from, leg.clues.to);
  }

  private static String host(Endpoint host, Endpoint other) {
    return host.address().equals(other.address()) ? host.toString() : host.address().toString();
  }

  /// Text from the wire, as that.
  static String quoted(String text) {
    return "\"" + text.replace('"', '\'') + "\"";
  }
}
