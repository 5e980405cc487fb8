package io.sipscope.protocol.dialog;

import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.verdict.Verdict;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What a dialog's messages add up to: what a list shows and a search finds. Times are
/// nanoseconds since the epoch, durations nanoseconds.
///
/// @param callId the true Call-ID as text; empty when the messages have none
/// @param phase what the messages say; see [#phaseAt]
/// @param expiresAt when the dialog counts as expired if nothing more is heard; empty once it ended
/// @param caller AOR of From: `user@host`, or what there is
/// @param callee AOR of To
/// @param source who sent the first message to whom
/// @param addresses every endpoint seen, the first [Conversation#MAX_ENDPOINTS]
/// @param userAgent of the caller, empty when none
/// @param status final status of the first transaction, after any challenge
/// @param agents the capture agents, the first few
public record DialogSummary(
    String callId,
    long startedAt,
    long updatedAt,
    OptionalLong endedAt,
    Phase phase,
    OptionalLong expiresAt,
    String method,
    String caller,
    String callee,
    String fromTag,
    List<String> toTags,
    String ruri,
    Endpoint source,
    Endpoint destination,
    List<Endpoint> addresses,
    String userAgent,
    OptionalInt status,
    long messages,
    long retransmissions,
    OptionalLong setup,
    OptionalLong ring,
    OptionalLong duration,
    List<Agent> agents,
    Verdict verdict) {

  /// The phase at a moment: what has not ended by [#expiresAt] is [Phase#EXPIRED].
  public Phase phaseAt(long now) {
    return expiresAt.isPresent() && expiresAt.getAsLong() <= now ? Phase.EXPIRED : phase;
  }
}
