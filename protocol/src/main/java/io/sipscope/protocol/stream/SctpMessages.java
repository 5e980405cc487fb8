package io.sipscope.protocol.stream;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Found;
import io.sipscope.protocol.net.Transport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// SIP messages in SCTP packets (RFC 4168): each is one user message, in one DATA chunk or in
/// several with consecutive transmission sequence numbers (RFC 9260 §3.3.1, §6.9).
public final class SctpMessages {
  /// Fragmented messages under way, and their bytes; the oldest are forgotten.
  static final int MAX_MESSAGES = 1024;

  static final long MAX_BYTES = 4L << 20;

  /// Parts of one stream under way: more than SIP ever needs.
  static final int MAX_PARTS = 1024;

  private static final int DATA = 0;
  private static final int DATA_HEAD = 16;
  private static final int CHUNK_HEAD = 4;
  private static final int ENDS = 1;
  private static final int BEGINS = 2;
  private static final int PART_COST = 128;

  private record Stream(Endpoint source, Endpoint destination, int id) {}

  private record Part(int flags, Bytes bytes) {}

  private final LinkedHashMap<Stream, TreeMap<Long, Part>> unfinished = new LinkedHashMap<>();
  private long retained;

  public void accept(
      Endpoint source, Endpoint destination, Bytes chunks, long time, Consumer<Found> found) {
    int at = 0;
    while (at + CHUNK_HEAD <= chunks.length()) {
      int size = chunks.u16(at + 2);
      int end = Math.min(at + size, chunks.length());
      if (size < CHUNK_HEAD) {
        found.accept(
            new Found.Malformed("bad-sctp-chunk", "chunk of " + size + " bytes (wants 4)"));
        return;
      }
      if (chunks.u8(at) == DATA && end - at > DATA_HEAD) {
        var sip = userMessage(source, destination, chunks.slice(at, end));
        if (!sip.isEmpty()) {
          found.accept(new Found.Message(time, Transport.SCTP, source, destination, sip));
        }
      }
      at += size + 3 & ~3; // chunks are padded to four bytes
    }
  }

  private Bytes userMessage(Endpoint source, Endpoint destination, Bytes chunk) {
    int flags = chunk.u8(1) & (BEGINS | ENDS);
    var bytes = chunk.from(DATA_HEAD);
    if (flags == (BEGINS | ENDS)) {
      return SipFraming.inDatagram(bytes);
    }
    var stream = new Stream(source, destination, chunk.u16(8));
    var parts = unfinished.computeIfAbsent(stream, _ -> new TreeMap<>());
    long number = chunk.u32(4);
    if (parts.putIfAbsent(number, new Part(flags, bytes.compact())) == null) {
      retained += bytes.length() + PART_COST;
    }
    var whole = assembled(parts, number);
    if (parts.isEmpty()) {
      unfinished.remove(stream);
    }
    if (parts.size() > MAX_PARTS) {
      forget(unfinished.remove(stream));
    }
    while (unfinished.size() > MAX_MESSAGES || retained > MAX_BYTES) {
      forget(unfinished.pollFirstEntry().getValue());
    }
    return SipFraming.inDatagram(whole);
  }

  private void forget(Map<Long, Part> parts) {
    for (var part : parts.values()) {
      retained -= part.bytes.length() + PART_COST;
    }
  }

  /// The message around a part, from the one that begins it to the one that ends it; empty while
  /// one is missing. Numbers wrap after 32 bits.
  private Bytes assembled(Map<Long, Part> parts, long number) {
    long first = number;
    while ((parts.get(first).flags & BEGINS) == 0) {
      first = first - 1 & 0xffff_ffffL;
      if (!parts.containsKey(first)) {
        return Bytes.EMPTY;
      }
    }
    int length = parts.get(first).bytes.length();
    long last = first;
    while ((parts.get(last).flags & ENDS) == 0) {
      last = last + 1 & 0xffff_ffffL;
      if (!parts.containsKey(last)) {
        return Bytes.EMPTY;
      }
      length += parts.get(last).bytes.length();
    }
    var whole = new byte[length];
    int at = 0;
    for (long i = first; ; i = i + 1 & 0xffff_ffffL) {
      var part = parts.remove(i);
      part.bytes.copyTo(whole, at);
      at += part.bytes.length();
      retained -= part.bytes.length() + PART_COST;
      if (i == last) {
        return Bytes.of(whole);
      }
    }
  }

  public long retainedBytes() {
    return retained;
  }
}
