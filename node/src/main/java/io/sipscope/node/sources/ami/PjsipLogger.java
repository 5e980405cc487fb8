package io.sipscope.node.sources.ami;

import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.asteriskjava.manager.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The switch of Asterisk's PJSIP logger. It is switched on unless it is on already, and off again
/// only if it was us who switched it on: `off` also forgets the hosts and the file that somebody
/// else may have told it.
///
/// Asterisk does not tell whether the logger is on, but `pjsip show settings` tells `debug`, by
/// which pjsip.conf switches it on at the start.
final class PjsipLogger {
  private static final Logger LOG = LoggerFactory.getLogger(PjsipLogger.class);
  private static final Pattern ON_BY_CONFIGURATION =
      Pattern.compile("(?im)(?:^|[\\[, ])debug\\s*:\\s*(?!no\\b|off\\b|false\\b|0\\b)(\\S+)");

  private boolean isOurs;

  /// Switches it on; answers what is wrong, empty when nothing is.
  String on(AmiConnection connection) throws IOException, TimeoutException {
    if (!isOurs && ON_BY_CONFIGURATION.matcher(ask(connection, "pjsip show settings")).find()) {
      return "";
    }
    var answer = ask(connection, "pjsip set logger on");
    var said = answer.toLowerCase(Locale.ROOT);
    if (said.contains("no such command") || said.startsWith("error")) {
      return "Asterisk did not switch its PJSIP logger on: " + first(answer);
    }
    isOurs |= !said.contains("already");
    return "";
  }

  /// A server that leaves a command without an answer is worth listening to all the same.
  private static String ask(AmiConnection connection, String command) throws IOException {
    try {
      return connection.command(command);
    } catch (TimeoutException e) {
      LOG.debug("{} was not answered", command, e);
      return "";
    }
  }

  void off(AmiConnection connection) {
    if (isOurs) {
      try {
        connection.command("pjsip set logger off");
        isOurs = false;
      } catch (IOException | TimeoutException | IllegalStateException e) {
        LOG.warn("Asterisk's PJSIP logger stays on: {}", e.getMessage());
      }
    }
  }

  private static String first(String answer) {
    var line = answer.lines().findFirst().orElse("");
    return line.length() > 200 ? line.substring(0, 200) : line;
  }
}
