package io.sipscope.node.observed;

import io.sipscope.node.Setting;

/// Whether lines of the log are events, and which.
///
/// @param level up to which, as OpenSIPS counts: -1 error, 1 warning, 3 info, 4 debug; 0 = all that
/// is logged
public record LogEventSettings(boolean isOn, int level) {
  private static final int ALERT = -3;
  private static final int DEBUG = 4;

  public static LogEventSettings from(Setting setting) {
    return new LogEventSettings(
        setting.config().getBoolean("sipscope.events.log"),
        setting.count("sipscope.events.log-level", ALERT, DEBUG));
  }
}
