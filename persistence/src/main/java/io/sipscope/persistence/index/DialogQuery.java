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

  public static final DialogQuery ANY = where().build();

  /// One without a filter, to be given some.
  public static DialogQueryBuilder where() {
    return new DialogQueryBuilder();
  }

  /// The same with other filters, or fewer.
  public DialogQueryBuilder but() {
    return new DialogQueryBuilder(this);
  }

  /// Of those it finds, the damaged ones.
  public DialogQuery onlyDamaged() {
    return but().damaged(true).build();
  }

  /// Calls in a phase with messages at or after a moment, in nanoseconds.
  public static DialogQuery ofCalls(Phase phase, long start) {
    return where().method("INVITE").phase(phase).start(start).build();
  }

  /// The one dialog of a key.
  public static DialogQuery ofDialog(String key) {
    return where().callId(key).build();
  }
}
