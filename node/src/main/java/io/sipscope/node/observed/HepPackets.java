package io.sipscope.node.observed;

import io.sipscope.persistence.statistics.Counters;
import io.sipscope.protocol.hep.Hep;
import io.sipscope.protocol.net.Transport;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/// HEP packets by version, by what they carry, and by what carried it: the group `hep`.
final class HepPackets {
  private static final String GROUP = "hep";
  private static final int VERSIONS = 3;

  /// Payload types are one byte; what claims to be more is counted as the last.
  private static final int MAX_TYPE = 255;

  private final Counters counters;
  private final LongAdder[] versions = new LongAdder[VERSIONS + 1];
  private final AtomicReferenceArray<LongAdder> types = new AtomicReferenceArray<>(MAX_TYPE + 1);
  private final Map<Transport, LongAdder> transports = new EnumMap<>(Transport.class);

  HepPackets(Counters counters) {
    this.counters = counters;
    for (int version = 1; version <= VERSIONS; version++) {
      versions[version] = counters.counter(GROUP, "version_" + version);
    }
    for (var transport : Transport.values()) {
      transports.put(transport, counters.counter(GROUP, "transport_" + transport.text()));
    }
    type(Hep.Packet.SIP);
  }

  void count(Hep.Packet packet) {
    versions[Math.clamp(packet.version(), 1, VERSIONS)].increment();
    type(Math.clamp(packet.payloadType(), 0, MAX_TYPE)).increment();
    transports.get(packet.transport()).increment();
  }

  private LongAdder type(int type) {
    var known = types.get(type);
    if (known == null) {
      known = counters.counter(GROUP, "payload_" + name(type));
      types.set(type, known);
    }
    return known;
  }

  /// As the HEP3 specification calls what is common, else the number.
  private static String name(int type) {
    return switch (type) {
      case 1 -> "sip";
      case 4 -> "rtp";
      case 5 -> "rtcp";
      case 34 -> "rtcp_report";
      case 100 -> "log";
      default -> Integer.toString(type);
    };
  }
}
