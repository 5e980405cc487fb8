package io.sipscope.protocol.dialog;

import java.util.List;

/// One sentence on what happened, one on why, and the messages that show it.
///
/// @param evidence sequence numbers of messages
/// @param rule the name of the rule that spoke
public record Verdict(Level level, String title, String detail, List<Long> evidence, String rule) {
  public enum Level {
    GOOD,
    WARN,
    BAD,
    INFO
  }
}
