package io.sipscope.protocol.dialog;

import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.net.Endpoint;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// By what a capture is known again, as the first 64 bits of two SHA-256 digests. A digest and not
/// a hash, as senders choose the bytes: nobody can make a message look like one already stored.
///
/// @param sighting of time, endpoints and bytes: the same sighting again is a duplicate
/// @param packet of endpoints, bytes and agent: the same packet at another time is a
/// retransmission. The agent belongs to it: a second agent's copy of one packet was not sent twice
record Fingerprint(long sighting, long packet) {

  /// Two endpoints of 16 bytes and 4, the payload's length, and time or agent id.
  private static final int MAX_ENVELOPE = 2 * (16 + 4) + 4 + 8;

  /// Never used, only copied: to look one up for each capture costs as much as to use it.
  private static final MessageDigest SHA_256 = sha256();

  static Fingerprint of(Capture capture) {
    var sighting = copy(SHA_256);
    var payload = capture.sip();
    sighting.update(payload.array(), payload.offset(), payload.length());
    var packet = copy(sighting);
    var envelope = new byte[MAX_ENVELOPE];
    int at = put(payload.length(), envelope, 0);
    at = put(capture.source(), envelope, at);
    at = put(capture.destination(), envelope, at);
    sighting.update(envelope, 0, put(capture.time(), envelope, at));
    packet.update(envelope, 0, put(capture.agent().id(), envelope, at));
    packet.update(capture.agent().name().getBytes(StandardCharsets.UTF_8));
    return new Fingerprint(first64(sighting), first64(packet));
  }

  private static int put(Endpoint endpoint, byte[] bytes, int at) {
    var address = endpoint.address();
    int next =
        address.v6()
            ? put(address.low(), bytes, put(address.high(), bytes, at))
            : put((int) address.low(), bytes, at);
    return put(endpoint.port(), bytes, next);
  }

  private static int put(long value, byte[] bytes, int at) {
    return put((int) value, bytes, put((int) (value >>> 32), bytes, at));
  }

  private static int put(int value, byte[] bytes, int at) {
    bytes[at] = (byte) (value >>> 24);
    bytes[at + 1] = (byte) (value >>> 16);
    bytes[at + 2] = (byte) (value >>> 8);
    bytes[at + 3] = (byte) value;
    return at + Integer.BYTES;
  }

  private static long first64(MessageDigest digest) {
    var bytes = digest.digest();
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = value << 8 | (bytes[i] & 0xff);
    }
    return value;
  }

  private static MessageDigest copy(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("the JDK's SHA-256 can be cloned", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
