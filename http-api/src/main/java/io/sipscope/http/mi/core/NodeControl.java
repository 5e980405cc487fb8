package io.sipscope.http.mi.core;

import java.util.Optional;

/// What the core's commands do to the node itself. Log levels are those of OpenSIPS: -3 alert, -2
/// critical, -1 error, 1 warning, 2 notice, 3 info, 4 debug.
public interface NodeControl {

  /// Stops the node as on SIGTERM, a moment from now, so that the answer gets out.
  void stop();

  /// What the node logs.
  int logLevel();

  void logLevel(int level);

  /// What the policy script logs.
  int xlogLevel();

  void xlogLevel(int level);

  /// Where the log goes, by OpenSIPS's name: `stderror`, `syslog`, `event`. Empty for others.
  Optional<LogConsumer> logConsumer(String name);

  /// One place the log goes to.
  interface LogConsumer {
    /// The level up to which it is told, 0 for whatever is logged.
    int levelFilter();

    void levelFilter(int level);

    boolean isMute();

    void mute(boolean mute);
  }
}
