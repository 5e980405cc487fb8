package io.sipscope.persistence.trace;

import io.sipscope.persistence.trace.TraceDestination.Hep;
import io.sipscope.persistence.trace.TraceDestination.HepTransport;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A HEP destination in OpenSIPS's words: `host[:port][;transport=udp|tcp|tls][;version=1|2|3]`, in
/// any order behind the host, with blanks wherever one likes.
///
/// @param fallback what OpenSIPS 2.3 and later warn of; empty = nothing
record HepDefinition(Hep destination, String fallback) {
  static final int DEFAULT_PORT = 9060;
  static final int DEFAULT_VERSION = 3;

  private static final String FALLBACK =
      "TCP not available for HEP version < 3! Falling back to UDP!";

  /// Reads what `hep_id` of OpenSIPS 2.3 and later has behind its name, and `trace_start` behind
  /// `hep:`. Without a transport it is TCP; versions 1 and 2 fall back to UDP.
  static Reading<HepDefinition> read(String text) {
    var parts = Arrays.stream(text.split(";", -1)).map(String::strip).toList();
    var transport = Optional.<String>empty();
    var version = Optional.<String>empty();
    for (var part : parts.subList(1, parts.size())) {
      int equals = part.indexOf('=');
      var key = equals < 0 ? part : part.substring(0, equals).strip();
      var value = equals < 0 ? "" : part.substring(equals + 1).strip();
      if (part.isEmpty()) {
        continue;
      }
      switch (key.toLowerCase(Locale.ROOT)) {
        case "transport" -> transport = Optional.of(value);
        case "version" -> version = Optional.of(value);
        default -> {
          return Reading.bad("key \"" + key + "\" (wanted: transport or version)");
        }
      }
    }
    return of(parts.getFirst(), transport, version, Era.SINCE_2_3);
  }

  /// Who wrote it: the defaults differ.
  enum Era {
    /// TCP for version 3 and UDP for the others; TCP with the others is refused.
    OF_2_2,
    /// TCP for all; the others fall back to UDP with a warning.
    SINCE_2_3
  }

  static Reading<HepDefinition> of(
      String address, Optional<String> transport, Optional<String> version, Era era) {
    return switch (HostPort.read(address)) {
      case Reading.Bad<HostPort>(var reason) -> Reading.bad(reason);
      case Reading.Good<HostPort>(var place) -> of(place, transport, version, era);
    };
  }

  private static Reading<HepDefinition> of(
      HostPort place, Optional<String> transport, Optional<String> version, Era era) {
    if (version.isPresent() && !List.of("1", "2", "3").contains(version.get())) {
      return Reading.bad("version \"" + version.get() + "\" of HEP (wanted: 1, 2 or 3)");
    }
    int number = version.map(Integer::parseInt).orElse(DEFAULT_VERSION);
    var named = transport.flatMap(HepDefinition::transport);
    if (transport.isPresent() && named.isEmpty()) {
      return Reading.bad("transport \"" + transport.get() + "\" (wanted: udp, tcp or tls)");
    }
    boolean isOld = number < DEFAULT_VERSION;
    boolean saidUdp = named.isPresent() && named.get() == HepTransport.UDP;
    if (isOld && era == Era.OF_2_2 && named.isPresent() && !saidUdp) {
      return Reading.bad(
          "transport " + transport.get() + " with HEP version " + number + " (wanted: udp)");
    }
    var by = named.orElse(HepTransport.TCP);
    boolean fellBack = isOld && era == Era.SINCE_2_3 && !saidUdp;
    return Reading.good(
        new HepDefinition(
            new Hep(
                place.host(), place.portOr(DEFAULT_PORT), isOld ? HepTransport.UDP : by, number),
            fellBack ? FALLBACK : ""));
  }

  private static Optional<HepTransport> transport(String name) {
    return Arrays.stream(HepTransport.values())
        .filter(transport -> transport.name().equalsIgnoreCase(name))
        .findFirst();
  }

  /// `ip:port` as OpenSIPS lists it.
  static String shown(Hep hep) {
    return new HostPort(hep.host(), hep.port()).shownHost() + ":" + hep.port();
  }
}
