package io.sipscope.http;

import io.sipscope.persistence.recording.Recording;
import io.sipscope.persistence.statistics.ClusterStatistics;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.SessionMeasures;

/// What is counted and measured.
///
/// @param counters this node's own, for `/metrics`
/// @param statistics of all nodes
/// @param measures what RFC 6076 measures, of this node
/// @param recording statistics of the past
public record Figures(
    Counters counters,
    ClusterStatistics statistics,
    SessionMeasures measures,
    Recording recording) {}
