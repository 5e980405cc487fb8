package io.sipscope.node.ingest;

import io.sipscope.http.connections.TcpConnections;
import io.sipscope.node.BadSetting;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.hep.HepDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
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

/// HEP3 over TCP: every connection is served at once, and is read only as fast as its messages
/// are stored, so that a full node makes its agents wait rather than lose.
public final class HepTcpSource {
  private static final Logger LOG = LoggerFactory.getLogger(HepTcpSource.class);
  private static final int BACKLOG = 1_024;

  private final ActorSystem<?> system;
  private final HepTcpSettings settings;
  private final Ingest ingest;
  private final TcpConnections connected;
  private final LongSupplier clock;
  private final SharedKillSwitch connections = KillSwitches.shared("hep-tcp");
  private final AtomicInteger open = new AtomicInteger();
  private final LongAdder refused = new LongAdder();

  HepTcpSource(
      ActorSystem<?> system,
      HepTcpSettings settings,
      Ingest ingest,
      TcpConnections connected,
      LongSupplier clock) {
    this.connected = connected;
    this.system = system;
    this.settings = settings;
    this.ingest = ingest;
    this.clock = clock;
    ingest.counters().gauge("tcp_connections", open::get);
    ingest.counters().gauge("tcp_connections_refused", refused::sum);
  }

  /// Fails with [BadSetting] when the address cannot be bound.
  CompletionStage<Tcp.ServerBinding> bind() {
    return Tcp.get(system)
        .bind(settings.host(), settings.port(), BACKLOG, List.of(), false, Optional.empty())
        .toMat(Sink.foreach(this::serve), Keep.left())
        .run(system)
        .whenComplete(
            (binding, failure) -> {
              if (failure == null) {
                LOG.info("HEP over TCP at {}", binding.localAddress());
              }
            })
        .exceptionallyCompose(failure -> CompletableFuture.failedStage(inUse(failure)));
  }

  private BadSetting inUse(Throwable failure) {
    var cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return new BadSetting(
        "sipscope.hep.tcp.port",
        settings.port(),
        "free on " + settings.host() + " (" + cause.getMessage() + ")");
  }

  /// Reads no more of any connection, and closes them.
  void stop() {
    connections.shutdown();
  }

  private void serve(Tcp.IncomingConnection connection) {
    if (open.incrementAndGet() > settings.maxConnections()) {
      open.decrementAndGet();
      refused.increment();
      connection.handleWith(Flow.fromSinkAndSource(Sink.cancelled(), Source.empty()), system);
      return;
    }
    var sender = connection.remoteAddress().getAddress().getHostAddress();
    long id = connected.opened("hep_tcp", connection.remoteAddress(), connection.localAddress());
    connection.handleWith(
        Flow.fromSinkAndSourceCoupledMat(messages(sender, id), Source.maybe(), Keep.left()),
        system);
  }

  private Sink<ByteString, NotUsed> messages(String sender, long id) {
    return Flow.of(ByteString.class)
        .watchTermination(
            (_, ended) -> {
              ended.whenComplete(
                  (_, _) -> {
                    open.decrementAndGet();
                    connected.closed(id);
                  });
              return NotUsed.getInstance();
            })
        .via(connections.flow())
        .via(
            new HepFrames(
                settings.frameTimeout(),
                (reason, detail) -> ingest.receivedMalformed(sender, reason, detail)))
        .map(frames -> datagrams(frames, sender))
        .to(ingest.hep(HepDecoder::decodeFrame));
  }

  private List<Datagram> datagrams(List<Bytes> frames, String sender) {
    long now = clock.getAsLong();
    var datagrams = new ArrayList<Datagram>(frames.size());
    for (var frame : frames) {
      ingest.counters().received();
      datagrams.add(new Datagram(frame, sender, now));
    }
    return datagrams;
  }
}
