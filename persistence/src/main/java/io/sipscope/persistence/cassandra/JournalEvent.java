package io.sipscope.persistence.cassandra;

import io.sipscope.protocol.Bytes;

/// One event as a row of the journal.
///
/// @param writer which incarnation of the entity wrote it: a UUID that Pekko makes
/// @param serializer the serializer's identifier, `manifest` its word for the event's kind and
///     version
record JournalEvent(
    String persistenceId,
    long sequence,
    String writer,
    int serializer,
    String manifest,
    Bytes payload) {}
