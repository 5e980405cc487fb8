package io.sipscope.persistence.index;

import io.sipscope.protocol.dialog.Phase;
import java.util.Optional;
import java.util.OptionalLong;

/// What to look for. Absent = any; present filters must all hold.
///
/// | filter | holds when |
/// | --- | --- |
/// | callId | the Call-ID (or entity key) is it |
/// | method | the first request's method is it, whatever its case |
/// | from, to, user | the caller, the callee, either contains it, whatever its case |
/// | address | some message came from or went to it: an IP, or `ip:port` |
/// | status | the final status is it (`486`), or of its class (`4xx`) |
/// | agent | a capture agent's id or name is it |
/// | start, end | the dialog has messages at or after start, and began before end; nanoseconds |
/// | damaged | if asked for: something of the dialog is known to be unreadable |
/// | text | Call-ID, key, caller, callee, R-URI, user agent or tags contain it, whatever its case |
public record DialogQuery(
    Optional<String> callId,
    Optional<String> method,
    Optional<String> from,
    Optional<String> to,
    Optional<String> user,
    Optional<String> address,
    Optional<String> trunk,
    Optional<String> status,
    Optional<Phase> phase,
    Optional<String> agent,
    OptionalLong start,
    OptionalLong end,
    Optional<String> text,
    boolean damaged) {

  public static final DialogQuery ANY =
      new DialogQuery(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          Optional.empty());

  /// Whatever the state of what is stored.
  public DialogQuery(
      Optional<String> callId,
      Optional<String> method,
      Optional<String> from,
      Optional<String> to,
      Optional<String> user,
      Optional<String> address,
      Optional<String> trunk,
      Optional<String> status,
      Optional<Phase> phase,
      Optional<String> agent,
      OptionalLong start,
      OptionalLong end,
      Optional<String> text) {
    this(
        callId, method, from, to, user, address, trunk, status, phase, agent, start, end, text,
        false);
  }

  /// The same without the times.
  public DialogQuery atAnyTime() {
    var none = OptionalLong.empty();
    return new DialogQuery(
        callId, method, from, to, user, address, trunk, status, phase, agent, none, none, text,
        damaged);
  }

  /// The same whoever the parties are.
  public DialogQuery ofAnyParties() {
    Optional<String> any = Optional.empty();
    return new DialogQuery(
        callId, method, any, any, user, address, trunk, status, phase, agent, start, end, text,
        damaged);
  }

  /// Of those it finds, the damaged ones.
  public DialogQuery onlyDamaged() {
    return new DialogQuery(
        callId, method, from, to, user, address, trunk, status, phase, agent, start, end, text,
        true);
  }

  /// Calls in a phase with messages at or after a moment, in nanoseconds.
  public static DialogQuery ofCalls(Phase phase, long start) {
    return new DialogQuery(
        Optional.empty(),
        Optional.of("INVITE"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(phase),
        Optional.empty(),
        OptionalLong.of(start),
        OptionalLong.empty(),
        Optional.empty());
  }

  /// The one dialog of a key.
  public static DialogQuery ofDialog(String key) {
    return ofDialog(key, Optional.empty(), Optional.empty());
  }

  /// The one dialog of a key, if it uses that trunk and is in that phase.
  public static DialogQuery ofDialog(String key, Optional<String> trunk, Optional<Phase> phase) {
    return new DialogQuery(
        Optional.of(key),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        trunk,
        Optional.empty(),
        phase,
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        Optional.empty());
  }
}
