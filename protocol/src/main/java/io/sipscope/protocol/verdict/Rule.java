package io.sipscope.protocol.verdict;

import java.util.Locale;

/// A rule that may speak on a dialog. What it concludes from the same messages changes only with
/// its version.
///
/// @param name `ack-missing`
/// @param version from 1
/// @param level how bad is what it tells of
/// @param when one sentence: what has to be seen for it to speak
/// @param check what to look at next; empty where nothing is wrong
public record Rule(String name, int version, Verdict.Level level, String when, String check) {

  /// `good`, `info`, `warn`, `bad`
  public String levelText() {
    return level.name().toLowerCase(Locale.ROOT);
  }
}
