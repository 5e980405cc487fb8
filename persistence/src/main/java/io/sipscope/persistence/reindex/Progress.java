package io.sipscope.persistence.reindex;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// How far this node has come with building the index anew.
///
/// @param dialogs looked at so far
/// @param of about how many there are; empty while nobody knows
/// @param rewritten rows that were missing or told otherwise
/// @param removed rows of dialogs that the journal has no event of
/// @param damaged dialogs that were found damaged, or of a newer version
/// @param reason why it failed, one sentence; empty unless it did
public record Progress(
    State state,
    long dialogs,
    OptionalLong of,
    long rewritten,
    long removed,
    long damaged,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    String reason) {

  static final Progress IDLE =
      new Progress(
          State.IDLE, 0, OptionalLong.empty(), 0, 0, 0, Optional.empty(), Optional.empty(), "");

  public enum State {
    /// Nothing was asked of this node since it started.
    IDLE,
    RUNNING,
    DONE,
    FAILED
  }
}
