package io.sipscope.protocol.legs;

import java.util.List;

/// A reason to take two dialogs for legs of one call.
///
/// @param a key of the dialog that began first
/// @param b key of the other
/// @param evidence one sentence, with the numbers of the messages that say so
/// @param confidence how sure that is, over 0 and at most 1
/// @param messages those messages
public record LegEdge(
    String a, String b, Kind kind, String evidence, double confidence, List<At> messages) {

  public enum Kind {
    SESSION_ID("session-id"),
    X_CALL_ID("x-call-id"),
    HEADER("header"),
    REPLACES("replaces"),
    REFER("refer"),
    MEDIA("media"),
    PROXIMITY("proximity");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /// A message by its dialog and its number in it.
  public record At(String key, long seq) {}

  public LegEdge {
    messages = List.copyOf(messages);
  }

  /// @param ofA the first dialog's message that says so
  /// @param ofB the other's
  static LegEdge of(
      LegFacts a, LegFacts b, Kind kind, double confidence, String evidence, long ofA, long ofB) {
    return new LegEdge(
        a.key(),
        b.key(),
        kind,
        evidence,
        confidence,
        List.of(new At(a.key(), ofA), new At(b.key(), ofB)));
  }

  boolean joins(String one, String other) {
    return (a.equals(one) && b.equals(other)) || (a.equals(other) && b.equals(one));
  }
}
