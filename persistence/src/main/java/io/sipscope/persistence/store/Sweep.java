package io.sipscope.persistence.store;

/// How the last sweep of what is kept too long went.
///
/// @param at milliseconds since the epoch
/// @param gone what it dropped, as `2 segments`; empty when nothing was old enough
/// @param failure why it failed; empty when it did not
public record Sweep(long at, String gone, String failure) {}
