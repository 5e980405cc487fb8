package io.sipscope.protocol.relay;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.IpAddress;
import io.sipscope.protocol.net.Transport;
import io.sipscope.protocol.sip.Sip;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What a record says about its message: who sent it to whom, how, and when. What it does not say
/// comes from the message's first Via, and else is the address `0.0.0.0:0`, which stands for "not
/// known", or UDP.
record Surroundings(
    OptionalLong time,
    Optional<Transport> transport,
    Optional<Endpoint> source,
    Optional<Endpoint> destination,
    Agent agent,
    String correlationId,
    String publisher) {
  static final Surroundings NONE =
      new Surroundings(
          OptionalLong.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Agent.NONE,
          "",
          "");

  private static final Endpoint NOT_KNOWN = new Endpoint(IpAddress.v4(0), 0);

  private static final List<String> TIME =
      List.of("timestamp", "time", "ts", "timeepoch", "frametimeepoch", "epoch", "capturedat");
  private static final List<String> SECONDS = List.of("timeseconds", "timesec", "tvsec", "seconds");
  private static final List<String> MICROS =
      List.of("timeuseconds", "timeusec", "tvusec", "useconds", "microseconds");
  private static final List<String> TRANSPORT = List.of("transport", "proto", "protocol");
  private static final List<String> SOURCE = sides("src", "source", "from", "sender");
  private static final List<String> DESTINATION =
      sides("dst", "dest", "destination", "to", "receiver");
  private static final List<String> SOURCE_PORT = ports("src", "source", "from", "sender", "s");
  private static final List<String> DESTINATION_PORT =
      ports("dst", "dest", "destination", "to", "receiver", "d");
  private static final List<String> AGENT =
      List.of("agent", "captureagent", "agentname", "capturenode", "nodename", "node", "sensor");
  private static final List<String> AGENT_ID = List.of("agentid", "captureid", "captid", "capid");
  private static final List<String> CORRELATION = List.of("correlationid");
  private static final List<String> PUBLISHER = List.of("publishedby");

  /// The names an address goes by: alone, and with what it is. `from` and `to` alone are headers.
  private static List<String> sides(String... names) {
    var all = new ArrayList<String>();
    for (var name : names) {
      for (var what : List.of("ip", "addr", "address", "ipaddr", "ipaddress", "host")) {
        all.add(name + what);
      }
    }
    for (var name : names) {
      if (!name.equals("from") && !name.equals("to")) {
        all.add(name);
      }
    }
    return List.copyOf(all);
  }

  private static List<String> ports(String... names) {
    return Arrays.stream(names).map(name -> name + "port").toList();
  }

  static Surroundings of(Fields fields) {
    var transport = fields.text(TRANSPORT).flatMap(Written::transport);
    return new Surroundings(
        time(fields),
        transport,
        endpoint(fields, SOURCE, SOURCE_PORT, transport),
        endpoint(fields, DESTINATION, DESTINATION_PORT, transport),
        agent(fields),
        fields.text(CORRELATION).orElse(""),
        fields.text(PUBLISHER).orElse(""));
  }

  private static OptionalLong time(Fields fields) {
    var seconds = fields.text(SECONDS);
    if (seconds.isPresent()) {
      return WireTime.read(seconds.get(), fields.text(MICROS).orElse(""));
    }
    return fields.all(TIME).stream()
        .map(value -> WireTime.read(value.utf8()))
        .filter(OptionalLong::isPresent)
        .findFirst()
        .orElse(OptionalLong.empty());
  }

  private static Optional<Endpoint> endpoint(
      Fields fields, List<String> names, List<String> ports, Optional<Transport> transport) {
    int port =
        fields.all(ports).stream()
            .map(value -> Written.port(value.utf8()))
            .flatMapToInt(OptionalInt::stream)
            .findFirst()
            .orElse(Written.defaultPort(transport.orElse(Transport.UDP)));
    return fields.all(names).stream()
        .map(value -> Written.endpoint(value.utf8(), port))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Agent agent(Fields fields) {
    long id = fields.text(AGENT_ID).map(Surroundings::id).orElse(0L);
    return new Agent(id, fields.text(AGENT).orElse(""));
  }

  /// An unsigned number of 32 bits, or else 0: none.
  private static long id(String text) {
    return text.length() <= 10
            && text.chars().allMatch(c -> c >= '0' && c <= '9')
            && Long.parseLong(text) <= 0xffff_ffffL
        ? Long.parseLong(text)
        : 0;
  }

  /// The same, with what it lacks from another.
  Surroundings or(Surroundings other) {
    return new Surroundings(
        time.isPresent() ? time : other.time,
        transport.or(() -> other.transport),
        source.or(() -> other.source),
        destination.or(() -> other.destination),
        agent.equals(Agent.NONE) ? other.agent : agent,
        correlationId.isEmpty() ? other.correlationId : correlationId,
        publisher.isEmpty() ? other.publisher : publisher);
  }

  /// The message in them; what cannot be read is malformed as the SIP parser says.
  Relayed around(Bytes sip, boolean rebuilt) {
    return switch (SipParser.parse(sip)) {
      case Sip.Malformed(_, var reason, var detail) -> new Relayed.Malformed(reason, detail);
      case SipMessage message -> {
        var via = TopVia.of(message);
        var sender = message.isRequest() ? via.address() : Optional.<Endpoint>empty();
        var receiver = message.isRequest() ? Optional.<Endpoint>empty() : via.address();
        yield new Relayed.Message(
            time,
            transport.or(via::transport).orElse(Transport.UDP),
            source.or(() -> sender).orElse(NOT_KNOWN),
            destination.or(() -> receiver).orElse(NOT_KNOWN),
            agent,
            correlationId,
            sip,
            rebuilt,
            publisher);
      }
    };
  }
}
