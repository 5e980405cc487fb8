package io.sipscope.node.ingest;

/// Counts distinct keys by 64-bit hashes in an open-addressing table: 16 bytes a key at worst,
/// where a set of strings would hold a hundred. Two of a million keys have the same hash with a
/// probability of 3 in 10⁸.
public final class DistinctKeys {
  /// Beyond this many the count stands still: a table of 64 MiB is what one import may cost.
  static final int MAX_KEYS = 1 << 22;

  private static final int FIRST_CAPACITY = 64;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private long[] table = new long[FIRST_CAPACITY];
  private int count;

  public void add(String key) {
    long hash = hash(key);
    int slot = slot(table, hash);
    if (table[slot] == hash || count == MAX_KEYS) {
      return;
    }
    table[slot] = hash;
    if (++count > table.length / 2) {
      grow();
    }
  }

  public int count() {
    return count;
  }

  private void grow() {
    var larger = new long[table.length * 2];
    for (long hash : table) {
      if (hash != 0) {
        larger[slot(larger, hash)] = hash;
      }
    }
    table = larger;
  }

  /// Where the hash is, or the free slot where it belongs.
  private static int slot(long[] table, long hash) {
    int mask = table.length - 1;
    int slot = (int) (hash ^ hash >>> 32) & mask;
    while (table[slot] != 0 && table[slot] != hash) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /// FNV-1a, with a last mix as its low bits are weak; 0 stands for a free slot.
  private static long hash(String key) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * FNV_PRIME;
    }
    hash = (hash ^ hash >>> 31) * 0x9e3779b97f4a7c15L;
    return hash == 0 ? 1 : hash;
  }
}
