package io.sipscope.protocol.relay;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.json.Json;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Found;
import io.sipscope.protocol.net.IpAddress;
import io.sipscope.protocol.net.Transport;
import io.sipscope.protocol.net.Walk;
import io.sipscope.protocol.pcap.Pcap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/// A packet as tshark dissected it, in JSON: who sent it to whom is in its layers, the innermost of
/// each sort. Its bytes are what [TsharkBytes] finds, or what a [Walk] finds in `frame_raw`, or are
/// put together of the texts.
final class TsharkForm {
  private static final Set<String> FLAT =
      Set.of(
          "frame_raw",
          "sip_raw",
          "frame.time_epoch",
          "frame_time_epoch",
          "sip.msg_hdr",
          "sip_msg_hdr",
          "udp.payload",
          "udp_payload");

  /// The link type is not told by number: Ethernet, Linux cooked 1 and 2, raw IP, loopback.
  private static final List<Integer> LINK_TYPES = List.of(1, 113, 276, 101, 0);

  private TsharkForm() {}

  /// Where the layers are, if the object is one of tshark's.
  static Optional<Json.Dict> layers(Json.Dict object) {
    for (var member : object.members()) {
      if (member.value() instanceof Json.Dict inner) {
        if (member.name().equals("layers")) {
          return Optional.of(inner);
        }
        if (member.name().equals("_source")) {
          return layers(inner);
        }
      }
    }
    boolean flat = object.members().stream().anyMatch(member -> FLAT.contains(member.name()));
    return flat ? Optional.of(object) : Optional.empty();
  }

  /// @param record the whole object: `-T ek` has a time beside the layers
  /// @param outer what a record around this one says
  static List<Relayed> read(Json.Dict record, Json.Dict object, Surroundings outer) {
    var layers = TsharkLayers.of(object);
    if (layers.has("icmp") || layers.has("icmpv6")) {
      return List.of(new Relayed.NotSip()); // an error that quotes a message
    }
    var around = around(layers, record).or(outer);
    var exact = TsharkBytes.exact(layers);
    if (!exact.isEmpty() && around.source().isPresent() && around.destination().isPresent()) {
      return messages(exact, around, false);
    }
    var walked = walked(layers, around);
    if (!walked.isEmpty()) {
      return walked;
    }
    if (!exact.isEmpty()) {
      return messages(exact, around, false);
    }
    var rebuilt = TsharkBytes.rebuilt(layers);
    if (!rebuilt.isEmpty()) {
      return messages(rebuilt, around, true);
    }
    return List.of(
        layers.has("sip")
            ? new Relayed.Malformed("no-message", "a SIP layer without its text")
            : new Relayed.NotSip());
  }

  private static List<Relayed> messages(List<Bytes> sips, Surroundings around, boolean rebuilt) {
    return sips.stream().map(sip -> around.around(sip, rebuilt)).toList();
  }

  private static Surroundings around(TsharkLayers layers, Json.Dict record) {
    var transport = transport(layers);
    return new Surroundings(
        time(layers, record),
        transport,
        endpoint(layers, "src", transport),
        endpoint(layers, "dst", transport),
        Agent.NONE,
        "",
        "");
  }

  private static OptionalLong time(TsharkLayers layers, Json.Dict record) {
    var times = new ArrayList<String>();
    layers.last("frame_time_epoch").ifPresent(times::add);
    layers.last("frame_time").ifPresent(times::add);
    for (var member : record.members()) {
      if (member.name().equals("timestamp") && member.value() instanceof Json.Text(var text)) {
        times.add(text.utf8());
      } else if (member.name().equals("timestamp")
          && member.value() instanceof Json.Numeral(var text)) {
        times.add(text);
      }
    }
    return times.stream()
        .map(WireTime::read)
        .filter(OptionalLong::isPresent)
        .findFirst()
        .orElse(OptionalLong.empty());
  }

  private static Optional<Transport> transport(TsharkLayers layers) {
    boolean secure = layers.has("tls") || layers.has("ssl");
    if (layers.has("websocket")) {
      return Optional.of(secure ? Transport.WSS : Transport.WS);
    }
    if (secure) {
      return Optional.of(Transport.TLS);
    }
    for (var each : List.of(Transport.SCTP, Transport.TCP, Transport.UDP)) {
      if (layers.has(each.text()) || !layers.all(each.text() + "_srcport").isEmpty()) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  private static Optional<Endpoint> endpoint(
      TsharkLayers layers, String side, Optional<Transport> transport) {
    var port = layers.last(side + "port").map(Written::port).orElse(OptionalInt.empty());
    int number =
        port.isPresent()
            ? port.getAsInt()
            : layers
                .raw(side + "port")
                .filter(bytes -> bytes.length() == 2)
                .map(bytes -> bytes.u16(0))
                .orElse(Written.defaultPort(transport.orElse(Transport.UDP)));
    return layers
        .last(side)
        .flatMap(address -> Written.endpoint(address, number))
        .or(
            () ->
                layers.raw(side).flatMap(TsharkForm::address).map(ip -> new Endpoint(ip, number)));
  }

  private static Optional<IpAddress> address(Bytes bytes) {
    return switch (bytes.length()) {
      case 4 -> Optional.of(IpAddress.v4(bytes, 0));
      case 16 -> Optional.of(IpAddress.v6(bytes, 0));
      default -> Optional.empty();
    };
  }

  private static List<Relayed> walked(TsharkLayers layers, Surroundings around) {
    var frames = layers.all("frame_raw");
    if (frames.isEmpty()) {
      return List.of();
    }
    var frame = SipText.hex(frames.getFirst()).orElse(Bytes.EMPTY);
    for (int linkType : LINK_TYPES) {
      var found = new ArrayList<Relayed>();
      var walk = new Walk();
      walk.accept(
          new Pcap.Frame(linkType, around.time().orElse(0), frame, frame.length()),
          item -> add(item, around, found));
      walk.finish(item -> add(item, around, found));
      if (!found.isEmpty()) {
        return List.copyOf(found);
      }
    }
    return List.of();
  }

  private static void add(Found item, Surroundings around, List<Relayed> found) {
    switch (item) {
      case Found.Message message -> {
        var said =
            new Surroundings(
                around.time(),
                Optional.of(message.transport()),
                Optional.of(message.source()),
                Optional.of(message.destination()),
                around.agent(),
                around.correlationId(),
                around.publisher());
        found.add(said.around(message.sip(), false));
      }
      case Found.Malformed _ -> {} // of another link type; the texts are tried next
    }
  }
}
