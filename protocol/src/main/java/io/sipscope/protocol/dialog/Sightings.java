package io.sipscope.protocol.dialog;

/// Which packets of a dialog were stored, as digests: the last 65,536 messages at least, twice as
/// many at most. So much because one imported file must be known again whole, and one Call-ID may
/// hold 100,000 messages; no more because that is 4 MiB. Older ones are forgotten in one go, a
/// generation at a time, so that keep-alives under one Call-ID go on for ever in bounded memory.
final class Sightings {
  static final int MAX_GENERATION = 65_536;

  private LongSet young = new LongSet();
  private LongSet old = young;
  private int inGeneration;

  /// What a capture of this fingerprint would be.
  Seen seen(Fingerprint fingerprint) {
    if (contains(fingerprint.sighting())) {
      return Seen.DUPLICATE;
    }
    return contains(fingerprint.packet()) ? Seen.RETRANSMISSION : Seen.FIRST;
  }

  void add(Fingerprint fingerprint) {
    if (++inGeneration > MAX_GENERATION) {
      old = young;
      young = new LongSet();
      inGeneration = 1;
    }
    young.add(fingerprint.sighting());
    young.add(fingerprint.packet());
  }

  private boolean contains(long digest) {
    return young.contains(digest) || (old != young && old.contains(digest));
  }
}
