package io.sipscope.http.agents;

/// HEP that was not let in: from whom, in whose name, and why.
///
/// @param agent as the sender said, cut to a bound; empty when it said nothing
/// @param reason `agent-unknown`, `agent-address`, `agent-key` or `agent-rate`
/// @param lastAt nanoseconds since the epoch
public record Refusal(String address, String agent, String reason, long count, long lastAt) {}
