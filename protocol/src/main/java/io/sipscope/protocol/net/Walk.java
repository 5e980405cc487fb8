package io.sipscope.protocol.net;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.pcap.Pcap;
import io.sipscope.protocol.stream.SctpMessages;
import io.sipscope.protocol.stream.SipFraming;
import io.sipscope.protocol.stream.TcpStreams;
import java.util.function.Consumer;

/// The way from a captured frame to the SIP messages in it, on any port:
///
/// | layer | opened by | gives |
/// | --- | --- | --- |
/// | link | [LinkLayer], [EtherType], [Ppp] | an IP packet, out of tags and labels |
/// | IP | [Ip] | a payload, a fragment, or another packet |
/// | fragments | [Defragmenter] | the payload, when it is whole |
/// | transport | [Transports] | a datagram, a TCP segment, SCTP chunks |
/// | tunnel | [Tunnels] | back to a link layer or an IP packet |
/// | stream | [TcpStreams], [SctpMessages] | messages, when they are whole |
///
/// One walk reads one capture, in its order, by one thread. Frames are not trusted: whatever they
/// hold, nothing throws, and what is kept between them is bounded and ages by the packets' time.
public final class Walk {
  /// A mirrored, double-tagged, labelled VXLAN frame with IPv6 extension headers has about 15.
  static final int MAX_LAYERS = 32;

  private final Defragmenter defragmenter = new Defragmenter();
  private final TcpStreams streams = new TcpStreams();
  private final SctpMessages sctp = new SctpMessages();
  private long clock = Long.MIN_VALUE;

  /// Follows one frame inwards. Messages that only now are known to have ended come first, with
  /// their own time.
  public void accept(Pcap.Frame frame, Consumer<Found> found) {
    if (frame.time() > clock) {
      clock = frame.time();
      defragmenter.advance(clock);
      streams.advance(clock, found);
    }
    follow(LinkLayer.open(frame.linkType(), frame.data()), frame.time(), found);
    followGivenUp(found);
  }

  /// The capture has ended: gives what is still unfinished.
  public void finish(Consumer<Found> found) {
    defragmenter.giveUpAll();
    followGivenUp(found);
    streams.finish(found);
  }

  /// Bytes kept for what may still complete, their bookkeeping included.
  public long retainedBytes() {
    return defragmenter.retainedBytes() + streams.retainedBytes() + sctp.retainedBytes();
  }

  private void follow(Layer first, long time, Consumer<Found> found) {
    var layer = first;
    for (int depth = 0; depth < MAX_LAYERS; depth++) {
      switch (layer) {
        case Layer.Ethernet(var frame) -> layer = EtherType.ethernet(frame);
        case Layer.Typed(var etherType, var payload) -> layer = EtherType.open(etherType, payload);
        case Layer.Ip(var version, var packet) -> layer = Ip.open(version, packet);
        case Layer.Fragment fragment -> layer = defragmenter.add(fragment, time, clock);
        case Layer.Carried carried -> layer = Ip.inside(carried);
        case Layer.Datagram datagram -> layer = datagram(datagram, time, found);
        case Layer.Segment(var segment) -> {
          streams.accept(segment, time, clock, found);
          return;
        }
        case Layer.Chunks(var source, var destination, var chunks) -> {
          sctp.accept(source, destination, chunks, time, found);
          return;
        }
        case Layer.Unreadable(var reason, var detail) -> {
          found.accept(new Found.Malformed(reason, detail));
          return;
        }
        case Layer.Nothing _ -> {
          return;
        }
      }
    }
    found.accept(new Found.Malformed("nested-too-deep", "more than " + MAX_LAYERS + " layers"));
  }

  /// SIP, or else a tunnel.
  private static Layer datagram(Layer.Datagram datagram, long time, Consumer<Found> found) {
    Bytes sip = SipFraming.inDatagram(datagram.payload());
    if (sip.isEmpty()) {
      return Tunnels.udp(datagram);
    }
    found.accept(
        new Found.Message(
            time,
            Transport.UDP,
            new Endpoint(datagram.source(), datagram.sourcePort()),
            new Endpoint(datagram.destination(), datagram.destinationPort()),
            sip));
    return Layer.NOTHING;
  }

  /// The start of a packet whose other fragments were lost still shows who called whom.
  private void followGivenUp(Consumer<Found> found) {
    for (var start = defragmenter.givenUp(); start.isPresent(); start = defragmenter.givenUp()) {
      follow(start.get().carried(), start.get().time(), found);
    }
  }
}
