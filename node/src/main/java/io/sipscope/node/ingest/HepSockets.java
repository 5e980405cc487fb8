package io.sipscope.node.ingest;

import io.sipscope.http.connections.TcpConnections;
import io.sipscope.node.scaling.WorkerThreads;
import io.sipscope.protocol.hep.HepDecoder;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.Tcp;

/// HEP over UDP, TCP and TLS, from binding to closing.
public final class HepSockets {
  private final HepUdpSource udp;
  private final UdpSockets sockets;
  private final Listening tcp;
  private final Optional<Listening> tls;

  private record Listening(HepTcpSource source, Tcp.ServerBinding binding) {
    static Listening at(HepTcpSource source) {
      try {
        return new Listening(source, source.bind().toCompletableFuture().join());
      } catch (CompletionException e) {
        throw e.getCause() instanceof RuntimeException cause ? cause : e;
      }
    }

    CompletionStage<Done> close() {
      source.stop();
      return binding.unbind().thenApply(_ -> Done.getInstance());
    }
  }

  private HepSockets(HepUdpSource udp, UdpSockets sockets, Listening tcp, Optional<Listening> tls) {
    this.udp = udp;
    this.sockets = sockets;
    this.tcp = tcp;
    this.tls = tls;
  }

  /// Binds all and lets what comes into the ingest.
  ///
  /// @param tlsSettings empty = none by TLS
  /// @param workers who decodes what comes over UDP; empty = the stream that takes it in
  /// @param clock nanoseconds since the epoch
  /// @throws io.sipscope.node.BadSetting when an address cannot be bound, or a certificate not used
  public static HepSockets open(
      ActorSystem<?> system,
      HepUdpSettings udpSettings,
      HepTcpSettings tcpSettings,
      Optional<HepTlsSettings> tlsSettings,
      Ingest ingest,
      TcpConnections connections,
      Optional<WorkerThreads> workers,
      LongSupplier clock) {
    var sockets = UdpSockets.bind(udpSettings);
    try {
      var tls =
          tlsSettings.map(
              settings ->
                  new HepTcpSource(
                      system,
                      settings.tcp(),
                      Optional.of(new HepTls(system, settings, ingest.counters())),
                      ingest,
                      connections,
                      clock));
      var tcp = new HepTcpSource(system, tcpSettings, Optional.empty(), ingest, connections, clock);
      var listening = Listening.at(tcp);
      var secure = tls.map(Listening::at);
      var udp =
          new HepUdpSource(
              sockets, udpSettings, ingest.counters(), ingest.agents(), ingest.profiling(), clock);
      var way =
          workers
              .map(several -> ingest.hep(HepDecoder::decode, several, several.most() + 1))
              .orElseGet(() -> ingest.hep(HepDecoder::decode));
      Source.fromGraph(udp).to(way).run(system);
      return new HepSockets(udp, sockets, listening, secure);
    } catch (RuntimeException e) {
      sockets.close();
      throw e;
    }
  }

  public InetSocketAddress udpAddress() {
    return sockets.address();
  }

  /// Nanoseconds that the UDP sockets were read for so far.
  public long udpBusyNanos() {
    return sockets.busyNanos();
  }

  public InetSocketAddress tcpAddress() {
    return tcp.binding().localAddress();
  }

  /// Empty when there is none by TLS.
  public Optional<InetSocketAddress> tlsAddress() {
    return tls.map(listening -> listening.binding().localAddress());
  }

  /// Reads no more; what was read goes on into the ingest.
  public CompletionStage<Done> close() {
    udp.stop();
    var closed = tcp.close();
    return tls.map(listening -> closed.thenCombine(listening.close(), (done, _) -> done))
        .orElse(closed);
  }
}
