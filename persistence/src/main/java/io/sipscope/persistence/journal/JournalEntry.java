package io.sipscope.persistence.journal;

import io.sipscope.protocol.Bytes;

/// One event as a row of the journal.
///
/// @param sequence from 1, without a gap
/// @param writer which incarnation of the entity wrote it: a UUID that Pekko makes
/// @param timestamp when it was written, milliseconds since the epoch: what it is kept by
/// @param serializer the serializer's identifier, `manifest` its word for the event's kind and
///     version
public record JournalEntry(
    String persistenceId,
    long sequence,
    String writer,
    long timestamp,
    int serializer,
    String manifest,
    Bytes payload) {

  static final String COLUMNS =
      """
      persistence_id, sequence_number, writer, write_timestamp, event_ser_id, event_ser_manifest,
      event_payload\
      """;
}
