package io.sipscope.persistence.sql;

/// What nodes that share a PostgreSQL do one at a time, by its advisory locks. They are told apart
/// from those of other programs by a number: "sipscope", shortened, and one more for each.
public enum AdvisoryLock {
  SEGMENTS(0x5195c09eL),
  MIGRATION(0x5195c09fL),
  REINDEX(0x5195c0a0L),
  SEARCH_INDEXES(0x5195c0a1L);

  private final long key;

  AdvisoryLock(long key) {
    this.key = key;
  }

  /// What the locking functions of PostgreSQL are given.
  public long key() {
    return key;
  }
}
