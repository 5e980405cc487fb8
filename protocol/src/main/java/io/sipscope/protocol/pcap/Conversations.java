package io.sipscope.protocol.pcap;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Splits messages into TCP segments and SCTP chunks whose numbers go on from message to message,
/// in each direction between two endpoints, so that a reader puts every message together again.
///
/// A direction that is seen for the first time begins with a number that no earlier one has
/// reached. So the oldest of many directions may be forgotten: when it speaks again, its numbers
/// have only jumped ahead, as if segments had been lost.
final class Conversations {
  /// Directions remembered, some 10 MB of them.
  private static final int MAX_DIRECTIONS = 1 << 16;

  /// Well below what one IP packet holds.
  static final int MAX_SEGMENT = 1 << 15;

  private record Direction(int protocol, Endpoint source, Endpoint destination) {
    Direction reversed() {
      return new Direction(protocol, destination, source);
    }
  }

  /// Where a direction stands.
  private static final class Position {
    private long next;
    private int messages;
    private boolean open;

    Position(long next) {
      this.next = next;
    }
  }

  private final Map<Direction, Position> positions =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Direction, Position> eldest) {
          return size() > MAX_DIRECTIONS;
        }
      };

  private long carried;

  /// The IP packets of one message over TCP. After a message whose end its headers do not tell, the
  /// direction begins a new connection, lest a reader takes the next message for its body.
  List<Bytes> tcp(Capture capture) {
    var packets = new ArrayList<Bytes>(1);
    var direction = new Direction(IpPacket.TCP, capture.source(), capture.destination());
    var position = position(direction);
    var reverse = position(direction.reversed());
    if (position.open) {
      position.next = fresh();
      packets.add(packet(direction).tcp(position.next++, 0, IpPacket.TCP_SYN, Bytes.EMPTY));
    }
    position.open = !tellsItsEnd(capture.sip());
    var sip = capture.sip();
    for (int from = 0; from == 0 || from < sip.length(); from += MAX_SEGMENT) {
      int to = Math.min(sip.length(), from + MAX_SEGMENT);
      int flags = to == sip.length() ? IpPacket.TCP_ACK | IpPacket.TCP_PUSH : IpPacket.TCP_ACK;
      packets.add(packet(direction).tcp(position.next, reverse.next, flags, sip.slice(from, to)));
      position.next += to - from;
    }
    carried += sip.length();
    return packets;
  }

  /// The IP packets of one message over SCTP, which keeps the borders of messages by itself.
  List<Bytes> sctp(Capture capture) {
    var packets = new ArrayList<Bytes>(1);
    var direction = new Direction(IpPacket.SCTP, capture.source(), capture.destination());
    var position = position(direction);
    var sip = capture.sip();
    for (int from = 0; from == 0 || from < sip.length(); from += MAX_SEGMENT) {
      int to = Math.min(sip.length(), from + MAX_SEGMENT);
      int flags =
          (from == 0 ? IpPacket.SCTP_BEGINNING : 0)
              | (to == sip.length() ? IpPacket.SCTP_ENDING : 0);
      packets.add(
          packet(direction).sctp(position.next++, position.messages, flags, sip.slice(from, to)));
    }
    position.messages++;
    carried += sip.length();
    return packets;
  }

  private Position position(Direction direction) {
    return positions.computeIfAbsent(direction, _ -> new Position(fresh()));
  }

  private long fresh() {
    return ++carried;
  }

  private static IpPacket packet(Direction direction) {
    return new IpPacket(direction.source(), direction.destination());
  }

  private static boolean tellsItsEnd(Bytes sip) {
    if (!(SipParser.parse(sip) instanceof SipMessage message)) {
      return false;
    }
    var body = message.body();
    return message.contentLength().orElse(-1) == body.length()
        && body.offset() + body.length() == sip.offset() + sip.length();
  }
}
