package io.sipscope.node.script.engine;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/// What a script writes into the log by `xlog`, under a logger of its own, whose level the MI
/// command `xlog_level` sets.
final class XLog {
  /// As OpenSIPS's `xlog_buf_size`.
  static final int LONGEST_LINE = 4_096;

  private static final Logger LOG = LoggerFactory.getLogger("io.sipscope.xlog");
  private static final int WARNING = 1;

  /// What OpenSIPS has more levels for than the log: `E_CORE_LOG` tells them by these.
  private static final Marker ALERT = MarkerFactory.getMarker("ALERT");

  private static final Marker CRITICAL = MarkerFactory.getMarker("CRITICAL");
  private static final Marker NOTICE = MarkerFactory.getMarker("NOTICE");

  private XLog() {}

  /// @param level as OpenSIPS numbers them
  static void write(int level, String line) {
    switch (level) {
      case -1, 0 -> LOG.error("{}", oneLine(line));
      case -2 -> LOG.error(CRITICAL, "{}", oneLine(line));
      case WARNING -> LOG.warn("{}", oneLine(line));
      case 2 -> LOG.info(NOTICE, "{}", oneLine(line));
      case 3 -> LOG.info("{}", oneLine(line));
      default -> {
        if (level < 0) {
          LOG.error(ALERT, "{}", oneLine(line));
        } else if (LOG.isDebugEnabled()) {
          LOG.debug("{}", oneLine(line));
        }
      }
    }
  }

  /// As OpenSIPS has the level in its log.
  static String name(int level) {
    return switch (level) {
      case -3 -> "ALERT";
      case -2 -> "CRIT";
      case -1, 0 -> "ERR";
      case 1 -> "WARNING";
      case 2 -> "NOTICE";
      case 3 -> "INFO";
      default -> level < 0 ? "ALERT" : "DBG";
    };
  }

  /// Without the line's end; what strangers wrote cannot begin a line of its own.
  static String oneLine(String text) {
    var line = new StringBuilder(Math.min(text.length(), LONGEST_LINE));
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    for (int at = 0; at < end && line.length() < LONGEST_LINE; at++) {
      char letter = text.charAt(at);
      line.append(Character.isISOControl(letter) && letter != '\t' ? '.' : letter);
    }
    return line.toString();
  }
}
