package io.sipscope.node.script.variables;

import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;

/// `strftime` of C in its locale `C`: `%Y-%m-%d %H:%M:%S`. A letter it does not know stays as it is
/// written.
final class Strftime {
  /// A format that grows beyond this is nobody's.
  private static final int MAX_RESULT = 4096;

  private Strftime() {}

  static String format(String format, ZonedDateTime time) {
    var out = new StringBuilder();
    for (int at = 0; at < format.length() && out.length() < MAX_RESULT; at++) {
      char c = format.charAt(at);
      if (c == '%' && at + 1 < format.length()) {
        out.append(field(format.charAt(++at), time));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static String field(char letter, ZonedDateTime time) {
    return switch (letter) {
      case 'a' -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'A' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'b', 'h' -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'B' -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'c' -> format("%a %b %e %H:%M:%S %Y", time);
      case 'C' -> two(time.getYear() / 100);
      case 'd' -> two(time.getDayOfMonth());
      case 'D', 'x' -> format("%m/%d/%y", time);
      case 'e' -> padded(time.getDayOfMonth(), 2, ' ');
      case 'F' -> format("%Y-%m-%d", time);
      case 'G' -> Integer.toString(time.get(IsoFields.WEEK_BASED_YEAR));
      case 'H' -> two(time.getHour());
      case 'I' -> two(time.get(ChronoField.CLOCK_HOUR_OF_AMPM));
      case 'j' -> padded(time.getDayOfYear(), 3, '0');
      case 'k' -> padded(time.getHour(), 2, ' ');
      case 'l' -> padded(time.get(ChronoField.CLOCK_HOUR_OF_AMPM), 2, ' ');
      case 'm' -> two(time.getMonthValue());
      case 'M' -> two(time.getMinute());
      case 'n' -> "\n";
      case 'p' -> time.getHour() < 12 ? "AM" : "PM";
      case 'P' -> time.getHour() < 12 ? "am" : "pm";
      case 'r' -> format("%I:%M:%S %p", time);
      case 'R' -> format("%H:%M", time);
      case 's' -> Long.toString(time.toEpochSecond());
      case 'S' -> two(time.getSecond());
      case 't' -> "\t";
      case 'T', 'X' -> format("%H:%M:%S", time);
      case 'u' -> Integer.toString(time.getDayOfWeek().getValue());
      case 'V' -> two(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      case 'w' -> Integer.toString(time.getDayOfWeek().getValue() % 7);
      case 'y' -> two(time.getYear() % 100);
      case 'Y' -> Integer.toString(time.getYear());
      case 'z' -> offset(time);
      case 'Z' -> time.getZone().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case '%' -> "%";
      default -> "%" + letter;
    };
  }

  private static String offset(ZonedDateTime time) {
    int seconds = time.getOffset().getTotalSeconds();
    int minutes = Math.abs(seconds) / 60;
    return (seconds < 0 ? "-" : "+") + two(minutes / 60) + two(minutes % 60);
  }

  private static String two(int number) {
    return padded(number, 2, '0');
  }

  private static String padded(int number, int width, char with) {
    var digits = Integer.toString(number);
    return String.valueOf(with).repeat(Math.max(0, width - digits.length())) + digits;
  }
}
