package io.sipscope.persistence.journal;

import io.sipscope.protocol.Bytes;

/// One event as a row of the journal.
///
/// @param writer which incarnation of the entity wrote it: a UUID that Pekko makes
/// @param timestamp milliseconds since the epoch
/// @param adapterManifest empty where no event adapter is used
/// @param serializer the serializer's identifier, `manifest` its word for the event's kind and
///     version
public record JournalEntry(
    String persistenceId,
    long sequence,
    String writer,
    long timestamp,
    String adapterManifest,
    Bytes payload,
    int serializer,
    String manifest) {}
