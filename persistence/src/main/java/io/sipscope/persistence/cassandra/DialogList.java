package io.sipscope.persistence.cassandra;

import io.sipscope.persistence.index.DialogRow;

/// The lists that dialogs are found by, each by a time of theirs, newest first.
enum DialogList {
  STARTED(0),
  UPDATED(1);

  private static final long BUCKET_NANOS = 3_600_000_000_000L;

  /// Keeps the partition of a busy hour (2,000,000 dialogs) at some 15 MB.
  private static final int SHARDS = 8;

  private final byte code;

  DialogList(int code) {
    this.code = (byte) code;
  }

  /// As the tables have it.
  byte code() {
    return code;
  }

  /// Nanoseconds since the epoch.
  long time(DialogRow row) {
    return switch (this) {
      case STARTED -> row.summary().startedAt();
      case UPDATED -> row.summary().updatedAt();
    };
  }

  /// The hour a time is in.
  static long bucket(long time) {
    return Math.floorDiv(time, BUCKET_NANOS);
  }

  static byte shard(String key) {
    return (byte) Math.floorMod(key.hashCode(), SHARDS);
  }
}
