package io.sipscope.persistence.index;

/// A part of the index that is searched by itself: the rows of a segment whose last message was at
/// a time from one to another, nanoseconds, both included. What a part has, its statistics tell the
/// planner, whatever the other parts have.
///
/// @param alone whether the segment has no row beyond it
/// @param terms whether it is indexed by what [SearchTerms] tells
/// @param texts whether it is indexed by the texts it contains
public record IndexPart(
    int segment, long updatedFrom, long updatedTo, boolean alone, boolean terms, boolean texts) {}
