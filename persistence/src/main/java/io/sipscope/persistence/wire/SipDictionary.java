package io.sipscope.persistence.wire;

import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdDictDecompress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/// What SIP messages have in common, for compressing them (RFC 8878 §5). A frame names the
/// dictionary it was made with, and a journal lives for years: a dictionary is never changed and
/// never removed, a better one is added. `ops/bench/dictionary` makes them.
final class SipDictionary {
  /// All that were ever written with, by their number from 1 on.
  private static final List<SipDictionary> ALL = List.of(new SipDictionary(1));

  static final SipDictionary NEWEST = ALL.getLast();

  /// As many as may be added before this version is forgotten. A number beyond is a damaged one: as
  /// that of a newer version it would have its dialog wait for that for ever.
  private static final int TO_COME = 15;

  /// Level 3 takes 5 % fewer bytes and a fifth more time, which the database does not give back.
  private static final int LEVEL = 1;

  private final ZstdDictCompress writing;
  private final ZstdDictDecompress reading;

  private SipDictionary(int id) {
    var bytes = resource("/dictionary/sip-" + id + ".zdict");
    writing = new ZstdDictCompress(bytes, LEVEL);
    reading = new ZstdDictDecompress(bytes);
  }

  static SipDictionary of(long id) throws Unreadable {
    var known = " (this node has 1 to " + ALL.size() + ")";
    if (id < 1 || id > ALL.size() + TO_COME) {
      throw new Unreadable("compressed with dictionary " + id + known);
    }
    if (id > ALL.size()) {
      throw new NewerVersion("compressed with dictionary " + id + known);
    }
    return ALL.get((int) id - 1);
  }

  ZstdDictCompress writing() {
    return writing;
  }

  ZstdDictDecompress reading() {
    return reading;
  }

  private static byte[] resource(String name) {
    try (var in = SipDictionary.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
