package io.sipscope.node.trace;

import io.sipscope.node.Resolver;
import io.sipscope.persistence.statistics.Threshold;
import io.sipscope.persistence.trace.TraceDestination;
import io.sipscope.persistence.trace.TraceDestination.Database;
import io.sipscope.persistence.trace.TraceDestination.File;
import io.sipscope.persistence.trace.TraceDestination.Hep;
import io.sipscope.persistence.trace.TraceDestination.Sip;
import io.sipscope.persistence.trace.TraceDestination.Syslog;
import io.sipscope.persistence.trace.TracedMessage;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.hep.Hep2Encoder;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/// What leads to each kind of destination.
///
/// @param tls whose certificates are trusted
/// @param tcp how long it may take to write to a connection
record Deliveries(
    DestinationSettings settings, Resolver resolver, SSLSocketFactory tls, Threshold tcp) {

  Delivery to(TraceDestination destination) {
    return switch (destination) {
      case Hep hep -> hep(hep);
      case Sip(var host, int port) -> new Datagrams(resolver, host, port, Deliveries::plain);
      case Database database -> new TraceTable(database, settings.connectTimeout());
      case File(var path) -> new TraceFile(path);
      case Syslog(int facility, int severity) ->
          new LocalSyslog(LocalSyslog.LISTENS, facility, severity);
    };
  }

  private Delivery hep(Hep hep) {
    var frames = HepFrames.of(hep, settings.captureId());
    return switch (hep.transport()) {
      case UDP -> new Datagrams(resolver, hep.host(), hep.port(), frames::frame);
      case TCP -> new Stream(dial(hep, Optional.empty()), frames, tcp);
      case TLS -> new Stream(dial(hep, Optional.of(tls)), frames, tcp);
    };
  }

  private Dial dial(Hep hep, Optional<SSLSocketFactory> factory) {
    return new Dial(resolver, hep.host(), hep.port(), settings.connectTimeout(), factory);
  }

  /// The message itself, when a datagram holds it.
  private static Bytes plain(TracedMessage message) {
    var sip = message.capture().sip();
    return sip.length() > Hep2Encoder.MAX_DATAGRAM ? Bytes.EMPTY : sip;
  }
}
