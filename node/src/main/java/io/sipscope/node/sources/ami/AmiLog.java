package io.sipscope.node.sources.ami;

import io.sipscope.node.ingest.Ingest;
import io.sipscope.node.ingest.Origin;
import io.sipscope.node.sources.Handover;
import io.sipscope.node.sources.Tally;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.IpAddress;
import io.sipscope.protocol.net.Transport;
import java.net.InetAddress;
import java.util.function.LongSupplier;

/// What one Asterisk logs, on its way into the ingest. It waits where that is full: then the
/// connection is read no further, and Asterisk keeps what comes, as far as it does.
final class AmiLog implements AmiSocket.Log {
  private static final Endpoint UNKNOWN = new Endpoint(IpAddress.parse("0.0.0.0").orElseThrow(), 0);

  private final AmiSettings settings;
  private final IpAddress server;
  private final Ingest ingest;
  private final Handover handover;
  private final Tally tally;
  private final LongSupplier clock;
  private final String sender;

  AmiLog(
      AmiSettings settings,
      InetAddress server,
      Ingest ingest,
      Handover handover,
      Tally tally,
      LongSupplier clock) {
    this.settings = settings;
    this.server = IpAddress.parse(server.getHostAddress()).orElse(UNKNOWN.address());
    this.ingest = ingest;
    this.handover = handover;
    this.tally = tally;
    this.clock = clock;
    this.sender = "Asterisk at " + settings.server();
  }

  @Override
  public void message(LoggedMessage message) {
    tally.received();
    var arrival = ingest.take(capture(message), sender, Origin.NOBODY);
    if (arrival.isEmpty() && ingest.isCapturing()) {
      tally.malformed();
    }
    arrival.ifPresent(handover::put);
  }

  @Override
  public void cut(String reason, String detail) {
    tally.received();
    tally.malformed();
    ingest.receivedMalformed(sender, reason, detail);
  }

  private Capture capture(LoggedMessage message) {
    var header = message.header();
    var said = new Correspondent(message.sip());
    var transport = header.transport().or(said::transport).orElse(Transport.UDP);
    var other = header.peer().or(() -> said.other(header.outbound())).orElse(UNKNOWN);
    var asterisk =
        settings.sipAddress().orElseGet(() -> new Endpoint(server, Correspondent.port(transport)));
    long now = clock.getAsLong();
    return new Capture(
        now,
        message.time().orElse(now),
        transport,
        header.outbound() ? asterisk : other,
        header.outbound() ? other : asterisk,
        new Agent(0, settings.server()),
        "",
        SourceKind.AMI,
        message.sip());
  }
}
