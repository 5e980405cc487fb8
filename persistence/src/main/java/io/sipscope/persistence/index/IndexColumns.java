package io.sipscope.persistence.index;

import io.sipscope.protocol.Bytes;
import java.util.ArrayList;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A dialog as the columns of table `dialog_index`, in their order: what is searched by, and the
/// summary that an answer is made of.
///
/// @param callId the true Call-ID where it is not the key, else empty
/// @param writtenAt when it was last written, milliseconds since the epoch: what it is kept by
record IndexColumns(
    String key,
    long startedAt,
    long updatedAt,
    OptionalLong expiresAt,
    String phase,
    String method,
    String caller,
    String callee,
    String trunk,
    OptionalInt status,
    String addresses,
    String agents,
    String searchText,
    String callId,
    long messages,
    Bytes summary,
    long writtenAt,
    String damaged,
    String links) {

  static final int COUNT = 19;

  static final String NAMES =
      """
      dialog_key, started_at, updated_at, expires_at, phase, method, caller, callee, trunk, status,
      addresses, agents, search_text, call_id, messages, summary, write_timestamp,
      damaged, links\
      """;

  static IndexColumns of(DialogRow row, long writtenAt) {
    var summary = row.summary();
    return new IndexColumns(
        row.key(),
        summary.startedAt(),
        summary.updatedAt(),
        summary.expiresAt(),
        summary.phase().text(),
        Searchable.text(summary.method()),
        Searchable.text(summary.caller()),
        Searchable.text(summary.callee()),
        Searchable.printable(row.trunk()),
        summary.status(),
        Searchable.addresses(summary.addresses()),
        agents(row),
        searchText(row),
        row.key().equals(summary.callId()) ? "" : Searchable.printable(summary.callId()),
        summary.messages(),
        Bytes.of(SummaryWire.encode(summary)),
        writtenAt,
        Searchable.printable(row.damaged()),
        Searchable.list(row.links()));
  }

  private static String agents(DialogRow row) {
    var names = new ArrayList<String>();
    for (var agent : row.summary().agents()) {
      names.addAll(agent.names());
    }
    return Searchable.list(names);
  }

  /// The texts that are searched and have no column of their own.
  private static String searchText(DialogRow row) {
    var summary = row.summary();
    var text = new ArrayList<String>();
    if (!row.key().equals(summary.callId())) {
      text.add(Searchable.text(summary.callId()));
    }
    text.add(Searchable.text(summary.ruri()));
    text.add(Searchable.text(summary.userAgent()));
    text.add(Searchable.text(summary.fromTag()));
    for (var tag : summary.toTags()) {
      text.add(Searchable.text(tag));
    }
    return Searchable.list(text);
  }
}
