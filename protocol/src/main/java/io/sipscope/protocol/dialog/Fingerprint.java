package io.sipscope.protocol.dialog;

import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.net.Endpoint;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// By what a capture is known again: 64 bits of a SHA-256 digest each, of endpoints and bytes. A
/// digest and not a hash, as senders choose the bytes: nobody can make a message look like one
/// already stored. Time and agent, which they do not choose, are mixed in.
///
/// @param sighting of time, endpoints and bytes: the same sighting again is a duplicate
/// @param packet of endpoints, bytes and agent: the same packet at another time is a
/// retransmission. The agent belongs to it: a second agent's copy of one packet was not sent twice
record Fingerprint(long sighting, long packet) {

  /// Two endpoints of 16 bytes and 4: always as many, so that no payload reads as one.
  private static final int ENVELOPE = 2 * (16 + 4);

  /// Above every port.
  private static final int V6 = 1 << 16;

  /// Odd, so that different numbers stay different; its bits spread them (2^64 by the golden
  // ratio).
  private static final long SPREAD = 0x9e3779b97f4a7c15L;

  /// Never used, only copied: to look one up for each capture costs as much as to use it.
  private static final MessageDigest SHA_256 = sha256();

  static Fingerprint of(Capture capture) {
    var digest = copy(SHA_256);
    var envelope = ByteBuffer.allocate(ENVELOPE);
    put(capture.source(), envelope);
    put(capture.destination(), envelope);
    digest.update(envelope.array());
    var payload = capture.sip();
    digest.update(payload.array(), payload.offset(), payload.length());
    var bytes = ByteBuffer.wrap(digest.digest());
    var agent = capture.agent();
    return new Fingerprint(
        bytes.getLong() ^ capture.time() * SPREAD,
        bytes.getLong() ^ ((long) agent.name().hashCode() << Integer.SIZE ^ agent.id()) * SPREAD);
  }

  private static void put(Endpoint endpoint, ByteBuffer bytes) {
    var address = endpoint.address();
    bytes.putLong(address.high()).putLong(address.low());
    bytes.putInt(address.v6() ? V6 | endpoint.port() : endpoint.port());
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
