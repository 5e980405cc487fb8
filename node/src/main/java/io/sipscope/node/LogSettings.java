package io.sipscope.node;

import java.util.OptionalInt;

/// `sipscope.log`, checked: what is written, by OpenSIPS's levels.
///
/// @param level empty = as `logback.xml` has it
/// @param xlogLevel of what the policy script says; empty likewise
record LogSettings(OptionalInt level, OptionalInt xlogLevel) {
  private static final int ALERT = -3;
  private static final int DEBUG = 4;

  static LogSettings from(Setting setting) {
    return new LogSettings(
        level(setting, "sipscope.log.level"), level(setting, "sipscope.log.xlog-level"));
  }

  private static OptionalInt level(Setting setting, String key) {
    return setting.text(key).isBlank()
        ? OptionalInt.empty()
        : OptionalInt.of(setting.count(key, ALERT, DEBUG));
  }
}
