package io.sipscope.protocol.dialog;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.net.Endpoint;
import java.nio.ByteBuffer;
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
    var envelope = envelope(capture.source(), capture.destination(), payload);
    sighting.update(envelope.duplicate().putLong(capture.time()).flip());
    packet.update(envelope.putLong(capture.agent().id()).flip());
    packet.update(name(capture.agent()));
    return new Fingerprint(first64(sighting), first64(packet));
  }

  private static ByteBuffer envelope(Endpoint source, Endpoint destination, Bytes payload) {
    return ByteBuffer.allocate(MAX_ENVELOPE)
        .putInt(payload.length())
        .put(source.address().bytes())
        .putInt(source.port())
        .put(destination.address().bytes())
        .putInt(destination.port());
  }

  private static byte[] name(Agent agent) {
    return agent.name().getBytes(StandardCharsets.UTF_8);
  }

  private static long first64(MessageDigest digest) {
    return ByteBuffer.wrap(digest.digest()).getLong();
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
