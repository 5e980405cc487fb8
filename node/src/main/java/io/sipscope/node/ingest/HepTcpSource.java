package io.sipscope.node.ingest;

import io.sipscope.http.connections.TcpConnections;
import io.sipscope.node.BadSetting;
import io.sipscope.node.agents.Carrier;
import io.sipscope.node.agents.Peer;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.hep.HepDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.io.Inet;
import org.apache.pekko.io.TcpSO;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// HEP3 over TCP, in the clear or by TLS: every connection is served at once, and is read only as
/// fast as its messages are stored, so that a full node makes its agents wait rather than lose.
public final class HepTcpSource {
  private static final Logger LOG = LoggerFactory.getLogger(HepTcpSource.class);
  private static final int BACKLOG = 1_024;

  /// The kernel finds out in time that a quiet agent is gone without a word.
  private static final List<Inet.SocketOption> OPTIONS = List.of(TcpSO.keepAlive(true));

  private final ActorSystem<?> system;
  private final HepTcpSettings settings;
  private final Optional<HepTls> tls;
  private final Carrier carrier;
  private final Ingest ingest;
  private final TcpConnections connected;
  private final LongSupplier clock;
  private final SharedKillSwitch connections;
  private final Places places;
  private final MalformedLog refusals = new MalformedLog(System::nanoTime);
  private final LongAdder refused = new LongAdder();
  private final LongAdder idled = new LongAdder();

  /// @param tls empty = in the clear
  HepTcpSource(
      ActorSystem<?> system,
      HepTcpSettings settings,
      Optional<HepTls> tls,
      Ingest ingest,
      TcpConnections connected,
      LongSupplier clock) {
    this.connected = connected;
    this.system = system;
    this.settings = settings;
    this.tls = tls;
    this.carrier = tls.isPresent() ? Carrier.TLS : Carrier.TCP;
    this.ingest = ingest;
    this.clock = clock;
    this.connections = KillSwitches.shared("hep-" + carrier.text());
    this.places = new Places(settings.maxConnections(), settings.maxPerAddress());
    ingest.counters().gauge(carrier.text() + "_connections", places::taken);
    ingest.counters().gauge(carrier.text() + "_connections_refused", refused::sum);
    ingest.counters().gauge(carrier.text() + "_connections_idle", idled::sum);
  }

  /// Fails with [BadSetting] when the address cannot be bound.
  CompletionStage<Tcp.ServerBinding> bind() {
    return Tcp.get(system)
        .bind(settings.host(), settings.port(), BACKLOG, OPTIONS, false, Optional.empty())
        .toMat(Sink.foreach(this::serve), Keep.left())
        .run(system)
        .whenComplete(
            (binding, failure) -> {
              if (failure == null) {
                LOG.info(
                    "HEP over {} at {}",
                    carrier.text().toUpperCase(Locale.ROOT),
                    binding.localAddress());
              }
            })
        .exceptionallyCompose(failure -> CompletableFuture.failedStage(inUse(failure)));
  }

  private BadSetting inUse(Throwable failure) {
    var cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return new BadSetting(
        settings.path() + ".port",
        settings.port(),
        "free on " + settings.host() + " (" + cause.getMessage() + ")");
  }

  /// Reads no more of any connection, and closes them.
  void stop() {
    connections.shutdown();
  }

  private void serve(Tcp.IncomingConnection connection) {
    var address = connection.remoteAddress().getAddress();
    var answer = places.enter(address);
    if (answer != Places.Answer.WELCOME) {
      refuse(connection, answer);
      return;
    }
    long id =
        connected.opened(
            "hep_" + carrier.text(), connection.remoteAddress(), connection.localAddress());
    var peer = Peer.of(address, carrier, id);
    var served =
        Flow.fromSinkAndSourceMat(
            messages(peer), Source.<ByteString>maybe(), HepTcpSource::closedByReader);
    var read = tls.map(secure -> secure.around(peer, served)).orElse(served);
    connection.handleWith(
        Flow.of(ByteString.class)
            .watchTermination(
                (_, ended) -> {
                  ended.whenComplete(
                      (_, _) -> {
                        places.leave(address);
                        connected.closed(id);
                        ingest.agents().ended(peer);
                      });
                  return NotUsed.getInstance();
                })
            .via(read),
        system);
  }

  /// Our side of a connection, on which nothing is said, is closed when reading ends. The other way
  /// round nothing is closed: TLS stops taking what we say before it has given all that it read.
  private static NotUsed closedByReader(
      CompletionStage<Done> read, CompletableFuture<Optional<ByteString>> said) {
    read.whenComplete((_, _) -> said.complete(Optional.empty()));
    return NotUsed.getInstance();
  }

  private void refuse(Tcp.IncomingConnection connection, Places.Answer why) {
    refused.increment();
    var address = connection.remoteAddress().getAddress().getHostAddress();
    long untold = refusals.unsaid(address);
    if (untold >= 0) {
      LOG.warn(
          "a connection of {} to {} was closed: {} ({} more since the last such line)",
          address,
          settings.path(),
          why == Places.Answer.FULL
              ? "max-connections are open"
              : "max-per-address are open from there",
          untold);
    }
    connection.handleWith(Flow.fromSinkAndSource(Sink.cancelled(), Source.empty()), system);
  }

  private Sink<ByteString, CompletionStage<Done>> messages(Peer peer) {
    return Flow.of(ByteString.class)
        .watchTermination(Keep.right())
        .via(connections.flow())
        .via(
            new HepFrames(
                settings.frameTimeout(),
                settings.idleTimeout(),
                idled::increment,
                (reason, detail) -> {
                  ingest.agents().malformed(peer);
                  ingest.receivedMalformed(peer.text(), reason, detail);
                }))
        .map(frames -> datagrams(frames, peer))
        .to(ingest.hep(HepDecoder::decodeFrame));
  }

  private List<Datagram> datagrams(List<Bytes> frames, Peer peer) {
    long now = clock.getAsLong();
    var datagrams = new ArrayList<Datagram>(frames.size());
    for (var frame : frames) {
      ingest.counters().received();
      datagrams.add(new Datagram(frame, peer, now));
    }
    return datagrams;
  }
}
