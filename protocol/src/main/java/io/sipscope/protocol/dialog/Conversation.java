package io.sipscope.protocol.dialog;

import io.sipscope.protocol.capture.Capture;
import java.util.List;

/// What is remembered of a dialog between its messages: a bounded summary, not the messages.
/// Mutable, as one actor owns it and folds every message into it.
public final class Conversation {
  /// How many endpoints, tags and agents of one dialog are remembered by name.
  public static final int MAX_ENDPOINTS = 16;

  public Conversation() {}

  /// What each capture of a burst would be to this dialog, in order, without taking it in; a
  /// capture that repeats another of the same burst is told apart too.
  public List<Seen> assess(List<Capture> burst) {
    return null;
  }

  /// Takes a capture in and says what it is. A duplicate changes nothing.
  public Seen observe(Capture capture) {
    return null;
  }

  /// How many messages were taken in.
  public long messages() {
    return 0;
  }

  /// What it adds up to by now; only for a conversation with at least one message.
  public DialogSummary summary() {
    return null;
  }
}
