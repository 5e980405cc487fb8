package io.sipscope.persistence.trace;

import io.sipscope.persistence.trace.TraceDestination.Syslog;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `syslog[:FACILITY[:LEVEL]]`, such as `syslog:LOG_LOCAL0:3`: a facility by its name, a level by
/// OpenSIPS's number.
final class SyslogDefinition {
  /// RFC 5424 §6.2.1, in the order of their numbers.
  private static final List<String> FACILITIES =
      List.of(
          "kern",
          "user",
          "mail",
          "daemon",
          "auth",
          "syslog",
          "lpr",
          "news",
          "uucp",
          "cron",
          "authpriv",
          "ftp",
          "ntp",
          "audit",
          "alert",
          "clock",
          "local0",
          "local1",
          "local2",
          "local3",
          "local4",
          "local5",
          "local6",
          "local7");

  private static final int DAEMON = 3;

  /// OpenSIPS's levels and the severities of RFC 5424 §6.2.1 they are.
  private static final Map<Integer, Integer> SEVERITY_BY_LEVEL =
      Map.of(-3, 1, -2, 2, -1, 3, 1, 4, 2, 5, 3, 6, 4, 7);

  private static final int NOTICE = 5;

  private SyslogDefinition() {}

  static Reading<TraceDestination> read(String uri) {
    var parts = uri.split(":", -1);
    if (parts.length > 3 || !parts[0].strip().equalsIgnoreCase("syslog")) {
      return Reading.bad("\"" + uri + "\" (wanted: syslog, syslog:FACILITY or with :LEVEL)");
    }
    int facility = DAEMON;
    int severity = NOTICE;
    if (parts.length > 1 && !parts[1].isBlank()) {
      var name = parts[1].strip().toLowerCase(Locale.ROOT);
      facility = FACILITIES.indexOf(name.startsWith("log_") ? name.substring(4) : name);
      if (facility < 0) {
        return Reading.bad("facility \"" + parts[1] + "\" (wanted: one such as LOG_LOCAL0)");
      }
    }
    if (parts.length > 2 && !parts[2].isBlank()) {
      var level = parts[2].strip();
      boolean isNumber = level.matches("-?\\d{1,2}");
      if (!isNumber || !SEVERITY_BY_LEVEL.containsKey(Integer.valueOf(level))) {
        return Reading.bad("level \"" + level + "\" (wanted: -3 to -1, or 1 to 4)");
      }
      severity = SEVERITY_BY_LEVEL.get(Integer.valueOf(level));
    }
    return Reading.good(new Syslog(facility, severity));
  }
}
