package io.sipscope.protocol.hep;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.hep.Hep.Chunk;
import io.sipscope.protocol.hep.Hep.Malformed;
import io.sipscope.protocol.hep.Hep.Packet;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Decodes one HEP3 frame: the letters `HEP3`, a total length, then chunks of
/// *vendor(2) type(2) length(2) body*, where each length counts its own six-byte head and is
/// unsigned. Chunks come in any order; of one that comes twice the last counts, as in OpenSIPS and
/// heplify-server. Chunks of a vendor and unknown ones are kept.
///
/// Needed are both addresses. What else is absent has a default: port 0, protocol UDP, payload
/// type SIP, no time, no payload.
final class Hep3Decoder {
  /// The letters `HEP3`.
  static final long MAGIC = 0x4845_5033L;

  /// Magic and total length; a chunk's head is as long.
  static final int HEAD = 6;

  /// Agents send some 20 chunks. Beyond this the frame is made to cost memory.
  static final int MAX_CHUNKS = 128;

  private static final int GENERIC = 0;

  private final Bytes frame;
  private final int inflatedBound;

  private int ipProtocol = IpProtocol.UDP;
  private IpAddress source;
  private IpAddress destination;
  private int sourcePort;
  private int destinationPort;
  private long seconds = -1;
  private long micros;
  private int payloadType = Packet.SIP;
  private long agentId;
  private String agentName = "";
  private String authKey = "";
  private String correlationId = "";
  private Bytes payload = Bytes.EMPTY;
  private boolean compressed;
  private List<Chunk> otherChunks = List.of();

  /// @param frame at least [#HEAD] bytes that begin with [#MAGIC]
  Hep3Decoder(Bytes frame, int inflatedBound) {
    this.frame = frame;
    this.inflatedBound = inflatedBound;
  }

  Hep decode() {
    int end = frame.u16(4);
    if (end < HEAD || end > frame.length()) {
      return new Malformed(
          4, Reason.LENGTH, "length " + end + " (6 to the " + frame.length() + " bytes there are)");
    }
    int chunks = 0;
    for (int at = HEAD; at < end; ) {
      int left = end - at;
      if (left < HEAD) {
        return new Malformed(at, Reason.CHUNK_LENGTH, left + " bytes left (a chunk needs 6)");
      }
      int length = frame.u16(at + 4);
      if (length < HEAD || length > left) {
        return new Malformed(
            at, Reason.CHUNK_LENGTH, "chunk of " + length + " bytes (6 to the " + left + " left)");
      }
      if (++chunks > MAX_CHUNKS) {
        return new Malformed(
            at, Reason.TOO_MANY_CHUNKS, "chunk " + chunks + " (" + MAX_CHUNKS + " at most)");
      }
      int vendor = frame.u16(at);
      int type = frame.u16(at + 2);
      int size = length - HEAD;
      int wanted = vendor == GENERIC ? fixedSize(type) : -1;
      if (wanted >= 0 && size != wanted) {
        return new Malformed(
            at, Reason.CHUNK_SIZE, "chunk " + type + " of " + size + " bytes (" + wanted + ")");
      }
      if (vendor == GENERIC) {
        take(type, at + HEAD, at + length);
      } else {
        keep(vendor, type, at + HEAD, at + length);
      }
      at += length;
    }
    return source == null || destination == null
        ? new Malformed(HEAD, Reason.NO_ADDRESS, "no source or no destination (both needed)")
        : packet();
  }

  /// How many bytes the body of a chunk has that is a number or an address; -1 for the others.
  private static int fixedSize(int type) {
    return switch (type) {
      case 0x01, 0x02, 0x0b -> 1;
      case 0x07, 0x08 -> 2;
      case 0x03, 0x04, 0x09, 0x0a, 0x0c -> 4;
      case 0x05, 0x06 -> 16;
      default -> -1;
    };
  }

  /// Takes a generic chunk (HEP3 rev. 12, table 1).
  private void take(int type, int from, int to) {
    switch (type) {
      case 0x01 -> {} // the family, which the address chunks say too
      case 0x02 -> ipProtocol = frame.u8(from);
      case 0x03 -> source = IpAddress.v4(frame, from);
      case 0x04 -> destination = IpAddress.v4(frame, from);
      case 0x05 -> source = IpAddress.v6(frame, from);
      case 0x06 -> destination = IpAddress.v6(frame, from);
      case 0x07 -> sourcePort = frame.u16(from);
      case 0x08 -> destinationPort = frame.u16(from);
      case 0x09 -> seconds = frame.u32(from);
      case 0x0a -> micros = frame.u32(from);
      case 0x0b -> payloadType = frame.u8(from);
      case 0x0c -> agentId = frame.u32(from);
      case 0x0e -> authKey = frame.slice(from, to).utf8();
      case 0x0f -> {
        payload = frame.slice(from, to);
        compressed = false;
      }
      case 0x10 -> {
        payload = frame.slice(from, to);
        compressed = true;
      }
      case 0x11 -> correlationId = frame.slice(from, to).utf8();
      case 0x13 -> agentName = frame.slice(from, to).utf8();
      default -> keep(GENERIC, type, from, to);
    }
  }

  private void keep(int vendor, int type, int from, int to) {
    if (otherChunks.isEmpty()) {
      otherChunks = new ArrayList<>(4);
    }
    otherChunks.add(new Chunk(vendor, type, frame.slice(from, to)));
  }

  private Hep packet() {
    if (compressed) {
      switch (CompressedPayload.inflate(payload, inflatedBound)) {
        case CompressedPayload.Inflated(var inflated) -> payload = inflated;
        case CompressedPayload.Refused(var reason, var detail) -> {
          return new Malformed(payload.offset() - frame.offset(), reason, detail);
        }
      }
    }
    return new Packet(
        3,
        ipProtocol,
        IpProtocol.transport(ipProtocol),
        new Endpoint(source, sourcePort),
        new Endpoint(destination, destinationPort),
        seconds < 0 ? OptionalLong.empty() : OptionalLong.of(Hep2Decoder.nanos(seconds, micros)),
        payloadType,
        agentId == 0 && agentName.isEmpty() ? Agent.NONE : new Agent(agentId, agentName),
        authKey,
        correlationId,
        payloadType == Packet.SIP ? JsonPayload.unwrapped(payload) : payload,
        otherChunks.isEmpty() ? otherChunks : List.copyOf(otherChunks));
  }
}
