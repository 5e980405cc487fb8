package io.sipscope.node.script.dispatcher;

/// Where a script may relay to.
///
/// @param uri a SIP URI: `sip:10.0.0.1:9060;transport=tcp`
public record Destination(String uri, State state) {
  /// As OpenSIPS has them.
  public enum State {
    ACTIVE,
    INACTIVE,
    PROBING
  }

  Destination as(State next) {
    return new Destination(uri, next);
  }
}
