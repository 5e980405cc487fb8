package io.sipscope.protocol.dialog;

/// A set of digests in one array: open addressing, linear probing. Digests are spread evenly, so
/// their low bits are the hash. Zero marks a free place; the digest zero is kept as one.
final class LongSet {
  /// Room for the two digests of seven messages, an answered call.
  private static final int SMALLEST = 16;

  private long[] table = new long[SMALLEST];
  private int size;

  boolean contains(long digest) {
    long wanted = nonZero(digest);
    for (int i = (int) wanted & table.length - 1; ; i = i + 1 & table.length - 1) {
      if (table[i] == wanted) {
        return true;
      }
      if (table[i] == 0) {
        return false;
      }
    }
  }

  void add(long digest) {
    if (contains(digest)) {
      return;
    }
    if (++size > table.length - table.length / 8) {
      var old = table;
      table = new long[old.length * 2];
      for (long known : old) {
        if (known != 0) {
          put(known);
        }
      }
    }
    put(nonZero(digest));
  }

  int size() {
    return size;
  }

  private void put(long digest) {
    int i = (int) digest & table.length - 1;
    while (table[i] != 0) {
      i = i + 1 & table.length - 1;
    }
    table[i] = digest;
  }

  private static long nonZero(long digest) {
    return digest == 0 ? 1 : digest;
  }
}
