package io.sipscope.persistence.events;

import java.util.Optional;

/// A subscription of the configuration.
///
/// @param expire seconds from the start of the node; empty: as long as a node has it configured
public record Configured(String event, SubscriberSocket socket, Optional<Integer> expire) {}
