package io.sipscope.protocol.relay;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import io.sipscope.protocol.stream.SipFraming;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The SIP messages in what tshark tells of a packet. They are exact in
///
/// 1. `udp.payload`, which `-T ek` and `-T json` have for every datagram,
/// 2. `sip_raw`, which `-x` adds for every message over any transport,
/// 3. `tcp.reassembled.data` or `tcp.payload`, where that is one whole message.
///
/// They end where their Content-Length says, as in capture files.
///
/// Else there is the text: the start line, `sip.msg_hdr` and perhaps `sip.msg_body`. There tshark
/// shows bytes that are no UTF-8 as others.
final class TsharkBytes {
  private static final String CRLF = "\r\n";
  private static final String LF = "\n";

  private TsharkBytes() {}

  /// Empty where the bytes are not there.
  static List<Bytes> exact(TsharkLayers layers) {
    var datagram =
        datagram(layers.all("udp_payload")).or(() -> datagram(layers.all("udp_payload_raw")));
    if (datagram.isPresent()) {
      return List.of(datagram.get());
    }
    var raw =
        layers.all("sip_raw").stream()
            .map(SipText::hex)
            .flatMap(Optional::stream)
            .map(SipFraming::inDatagram)
            .filter(sip -> !sip.isEmpty())
            .toList();
    if (!raw.isEmpty()) {
      return raw;
    }
    return layers.all("sip_msg_hdr").size() > 1
        ? List.of()
        : segment(layers, "tcp_reassembled_data")
            .or(() -> segment(layers, "tcp_payload"))
            .map(List::of)
            .orElse(List.of());
  }

  /// Of the innermost datagram that is one: around it there may be a tunnel.
  private static Optional<Bytes> datagram(List<Bytes> payloads) {
    for (var payload : payloads.reversed()) {
      var sip = SipText.hex(payload).map(SipFraming::inDatagram).orElse(Bytes.EMPTY);
      if (!sip.isEmpty()) {
        return Optional.of(sip);
      }
    }
    return Optional.empty();
  }

  private static Optional<Bytes> segment(TsharkLayers layers, String name) {
    var all = layers.all(name);
    return all.isEmpty()
        ? Optional.empty()
        : SipText.hex(all.getLast()).map(SipFraming::inDatagram).filter(TsharkBytes::isWhole);
  }

  private static boolean isWhole(Bytes bytes) {
    return SipParser.parse(bytes) instanceof SipMessage message
        && message.contentLength().isPresent()
        && message.body().length() == message.contentLength().getAsLong();
  }

  /// Put together of the texts; empty where these are not there either.
  static List<Bytes> rebuilt(TsharkLayers layers) {
    var lines = layers.all("start_line");
    var headers = layers.all("sip_msg_hdr");
    var bodies = layers.all("sip_msg_body");
    if (lines.isEmpty() || lines.size() != headers.size()) {
      return List.of();
    }
    var rebuilt = new ArrayList<Bytes>();
    for (int i = 0; i < lines.size(); i++) {
      var body = lines.size() == 1 && !bodies.isEmpty() ? bodies.getFirst() : Bytes.EMPTY;
      rebuilt.add(rebuilt(lines.get(i), headers.get(i), body));
    }
    return List.copyOf(rebuilt);
  }

  /// Newer versions of tshark have the body in the headers' text; a body that is a number counts
  /// what was dissected.
  private static Bytes rebuilt(Bytes line, Bytes headers, Bytes body) {
    var text = headers.latin1();
    var eol = text.contains(CRLF) || !text.contains(LF) ? CRLF : LF;
    boolean ended = text.contains(eol + eol) || text.equals(eol);
    boolean hasBody = ended && !text.endsWith(eol + eol);
    var rest = hasBody || Written.port(body.latin1()).isPresent() ? "" : body.latin1();
    var whole = line.latin1().stripTrailing() + eol + text + (ended ? "" : eol) + rest;
    return SipFraming.inDatagram(Bytes.of(whole.getBytes(StandardCharsets.ISO_8859_1)));
  }
}
