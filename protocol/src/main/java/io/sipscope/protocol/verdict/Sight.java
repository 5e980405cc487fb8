package io.sipscope.protocol.verdict;

import io.sipscope.protocol.net.Endpoint;

/// Where and when one message of a dialog was seen.
///
/// @param again the same packet was seen before, at another time: it was sent again. Which of
///     several is the first to be seen depends on the order of arrival; how many there are does not
public record Sight(Moment moment, Endpoint source, Endpoint destination, boolean again) {}
