package io.sipscope.protocol.hep;

import io.sipscope.protocol.Bytes;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// The zlib stream of chunk 0x0010 (RFC 1950), inflated up to a bound: a kilobyte of it may claim
/// to be a megabyte.
final class CompressedPayload {
  private static final int FIRST_BUFFER = 4_096;

  sealed interface Outcome {}

  record Inflated(Bytes payload) implements Outcome {}

  record Refused(String reason, String detail) implements Outcome {}

  private CompressedPayload() {}

  static Outcome inflate(Bytes compressed, int bound) {
    var inflater = new Inflater();
    try {
      inflater.setInput(compressed.array(), compressed.offset(), compressed.length());
      var out = new byte[Math.min(FIRST_BUFFER, bound)];
      int size = 0;
      while (true) {
        int more = inflater.inflate(out, size, out.length - size);
        size += more;
        if (inflater.finished()) {
          return new Inflated(Bytes.of(out, 0, size));
        }
        if (size == out.length) {
          if (size == bound) {
            return new Refused(Reason.BOMB, "inflates beyond " + bound + " bytes");
          }
          out = Arrays.copyOf(out, Math.min(bound, 2 * size));
        } else if (more == 0) {
          return new Refused(Reason.COMPRESSED, "zlib stream of " + size + " bytes has no end");
        }
      }
    } catch (DataFormatException _) {
      return new Refused(Reason.COMPRESSED, compressed.length() + " bytes (a zlib stream)");
    } finally {
      inflater.end();
    }
  }
}
