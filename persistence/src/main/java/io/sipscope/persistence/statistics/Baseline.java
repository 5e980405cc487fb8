package io.sipscope.persistence.statistics;

/// A counter was reset: it goes on counting, and what it had then is taken off what is shown.
///
/// @param number the same on all nodes for one reset, larger for a later one; milliseconds since
///     the epoch, or a little more
/// @param counted what this node had counted then
record Baseline(long number, long counted) {
  static final Baseline NEVER = new Baseline(0, 0);
}
