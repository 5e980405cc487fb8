package io.sipscope.protocol.hep;

import io.sipscope.protocol.Bytes;
import java.util.Arrays;

/// Cuts a TCP stream into HEP3 frames by their length, wherever the stream was split. Holds at
/// most one frame, which the format bounds at 65,535 bytes, and what was pushed and not yet asked
/// for: push again after [NeedMore].
///
/// Not thread-safe: one per connection.
public final class Hep3Framing {
  private static final int HEAD = Hep3Decoder.HEAD;
  private static final int FIRST_BUFFER = 1_024;
  private static final byte[] MAGIC = {'H', 'E', 'P', '3'};
  private static final NeedMore NEED_MORE = new NeedMore();

  public sealed interface Next {}

  /// A whole frame for [HepDecoder#decodeFrame].
  public record Frame(Bytes frame) implements Next {}

  /// The stream is out of step for good: close it. Every further [#next] answers the same.
  ///
  /// @param offset where in the stream the bad frame began, at most [Integer#MAX_VALUE]
  public record Malformed(int offset, String reason, String detail) implements Next {}

  public record NeedMore() implements Next {}

  private Bytes input = Bytes.EMPTY;
  private int at;
  private byte[] partial = new byte[0];
  private int held;
  private long frameStart;
  private Next broken = NEED_MORE;

  /// Takes the next bytes of the stream, which the caller gives up writing to.
  public void push(Bytes bytes) {
    int left = input.length() - at;
    if (left == 0) {
      input = bytes;
    } else {
      var joined = new byte[left + bytes.length()];
      input.from(at).copyTo(joined, 0);
      bytes.copyTo(joined, left);
      input = Bytes.of(joined);
    }
    at = 0;
  }

  public Next next() {
    if (broken instanceof Malformed) {
      return broken;
    }
    return held == 0 ? fromInput() : fromPartial();
  }

  /// A frame that lies whole in what was pushed is a view of it.
  private Next fromInput() {
    int left = input.length() - at;
    int length = left < HEAD ? HEAD : input.u16(at + 4);
    for (int i = 0; i < Math.min(left, MAGIC.length); i++) {
      if (input.at(at + i) != MAGIC[i]) {
        return outOfStep(Reason.NOT_HEP, "byte " + input.u8(at + i) + " (HEP3 in letters)");
      }
    }
    if (length < HEAD) {
      return outOfStep(Reason.LENGTH, "length " + length + " (6 or more)");
    }
    if (left < HEAD || left < length) {
      return fromPartial();
    }
    var frame = input.slice(at, at + length);
    at += length;
    frameStart += length;
    return new Frame(frame);
  }

  /// A frame that was split is gathered in an array of its own, which grows as its bytes arrive.
  private Next fromPartial() {
    if (held < HEAD && !gather(HEAD)) {
      return check();
    }
    var fault = check();
    if (fault instanceof Malformed) {
      return fault;
    }
    int length = (partial[4] & 0xff) << 8 | (partial[5] & 0xff);
    if (length < HEAD) {
      return outOfStep(Reason.LENGTH, "length " + length + " (6 or more)");
    }
    if (!gather(length)) {
      return NEED_MORE;
    }
    var frame = Bytes.of(partial, 0, held);
    partial = new byte[0];
    held = 0;
    frameStart += length;
    return new Frame(frame);
  }

  private boolean gather(int wanted) {
    int take = Math.min(wanted - held, input.length() - at);
    if (held + take > partial.length) {
      int room = Math.max(held + take, Math.max(FIRST_BUFFER, 2 * partial.length));
      partial = Arrays.copyOf(partial, Math.min(room, Math.max(wanted, held + take)));
    }
    input.slice(at, at + take).copyTo(partial, held);
    held += take;
    at += take;
    return held == wanted;
  }

  private Next check() {
    int known = Math.min(held, MAGIC.length);
    return Arrays.equals(partial, 0, known, MAGIC, 0, known)
        ? NEED_MORE
        : outOfStep(Reason.NOT_HEP, "other bytes (HEP3 in letters)");
  }

  private Next outOfStep(String reason, String detail) {
    broken = new Malformed((int) Math.min(frameStart, Integer.MAX_VALUE), reason, detail);
    input = Bytes.EMPTY;
    at = 0;
    partial = new byte[0];
    held = 0;
    return broken;
  }
}
