package io.sipscope.node.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DistinctKeysTest {

  @Test
  void countsEachKeyOnce() {
    var keys = new DistinctKeys();
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 200_000; i++) {
        keys.add(i + "@10.0.0." + i % 256);
      }
    }
    assertEquals(200_000, keys.count());
  }

  @Test
  void standsStillWhereItsMemoryEnds() {
    var keys = new DistinctKeys();
    for (int i = 0; i < DistinctKeys.MAX_KEYS + 1_000; i++) {
      keys.add(Integer.toString(i));
    }
    assertEquals(DistinctKeys.MAX_KEYS, keys.count());
  }
}
