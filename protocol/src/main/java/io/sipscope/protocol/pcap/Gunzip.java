package io.sipscope.protocol.pcap;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// The decompressed bytes of gzip members, one after the other (RFC 1952). Damage is no exception
/// but an early end that [#damage] explains, so that what came before it is read. Nothing bounds
/// the ratio: bytes are made only as they are asked for, and none are kept.
///
/// The JDK's own stream asks `available()` whether another member follows, and so loses the rest
/// of a capture that comes over a network.
final class Gunzip extends InputStream {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int TRAILER = 8;

  private static final int DEFLATED = 8;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private enum State {
    BEFORE_MEMBER,
    IN_MEMBER,
    ENDED
  }

  private final InputStream stream;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private byte[] in;
  private int at;
  private int end;
  private int members;
  private State state = State.BEFORE_MEMBER;
  private Optional<String> damage = Optional.empty();

  /// @param first bytes of the stream that were read already
  Gunzip(byte[] first, InputStream stream) {
    this.in = Arrays.copyOf(first, Math.max(first.length, BUFFER_BYTES));
    this.end = first.length;
    this.stream = stream;
  }

  Optional<String> damage() {
    return damage;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    try {
      while (true) {
        switch (state) {
          case BEFORE_MEMBER -> startMember();
          case ENDED -> {
            return -1;
          }
          case IN_MEMBER -> {
            int size = inflater.inflate(target, offset, length);
            if (size > 0) {
              checksum.update(target, offset, size);
              return size;
            }
            turn();
          }
        }
      }
    } catch (DataFormatException _) {
      stop("no deflate data after " + inflater.getBytesWritten() + " bytes (RFC 1951)");
      return -1;
    }
  }

  /// Goes on where the inflater gave nothing: it needs more, or its member is over.
  private void turn() throws IOException {
    if (inflater.finished()) {
      at = end - inflater.getRemaining();
      endMember();
    } else if (inflater.needsDictionary()) {
      stop("a preset dictionary (gzip has none)");
    } else if (refill()) {
      inflater.setInput(in, 0, end);
      at = end;
    } else {
      stop("ends after " + inflater.getBytesWritten() + " bytes (in the middle of a member)");
    }
  }

  private void startMember() throws IOException {
    int first = next();
    while (members > 0 && first == 0) {
      first = next(); // tapes and disk images pad with zeros
    }
    if (first < 0 && members > 0) {
      state = State.ENDED;
      return;
    }
    if (first != 0x1f || next() != 0x8b || next() != DEFLATED) {
      stop("other bytes after member " + members + " (0x1f8b08)");
      return;
    }
    int flags = next();
    skip(6);
    if ((flags & EXTRA) != 0) {
      int low = next();
      skip(Math.max(0, next()) << 8 | Math.max(0, low));
    }
    skipText((flags & NAME) != 0);
    skipText((flags & COMMENT) != 0);
    skip((flags & HEADER_CRC) != 0 ? 2 : 0);
    inflater.reset();
    inflater.setInput(in, at, end - at);
    checksum.reset();
    members++;
    state = State.IN_MEMBER;
  }

  private void endMember() throws IOException {
    long trailer = 0;
    for (int shift = 0; shift < 8 * TRAILER; shift += 8) {
      int next = next();
      if (next < 0) {
        stop("ends in the checksum of member " + members);
        return;
      }
      trailer |= (long) next << shift;
    }
    if ((trailer & 0xffff_ffffL) != checksum.getValue()) {
      stop("checksum of member " + members + " differs");
    } else if (trailer >>> 32 != (inflater.getBytesWritten() & 0xffff_ffffL)) {
      stop("size of member " + members + " differs");
    } else {
      state = State.BEFORE_MEMBER;
    }
  }

  private void skip(int bytes) throws IOException {
    int left = bytes;
    while (left > 0 && next() >= 0) {
      left--;
    }
  }

  private void skipText(boolean present) throws IOException {
    int next = present ? next() : 0;
    while (next > 0) {
      next = next();
    }
  }

  /// The next compressed byte, or -1.
  private int next() throws IOException {
    return at < end || refill() ? in[at++] & 0xff : -1;
  }

  private boolean refill() throws IOException {
    at = 0;
    end = Math.max(0, stream.read(in, 0, in.length));
    return end > 0;
  }

  private void stop(String why) {
    damage = Optional.of(why);
    state = State.ENDED;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    stream.close();
  }
}
