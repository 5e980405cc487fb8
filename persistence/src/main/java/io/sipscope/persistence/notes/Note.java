package io.sipscope.persistence.notes;

/// A small thing that operators gave and that is to outlive every node: of two of one kind and name
/// the later counts.
///
/// @param written milliseconds since the epoch
/// @param text as whoever keeps it writes it
public record Note(String kind, String name, long written, String text) {}
