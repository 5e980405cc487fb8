package io.sipscope.node.ingest;

import io.sipscope.http.connections.TcpConnections;
import io.sipscope.protocol.hep.HepDecoder;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.Tcp;

/// HEP over UDP and TCP, from binding to closing.
public final class HepSockets {
  private final HepUdpSource udp;
  private final InetSocketAddress udpAddress;
  private final HepTcpSource tcp;
  private final Tcp.ServerBinding tcpBinding;

  private HepSockets(
      HepUdpSource udp,
      InetSocketAddress udpAddress,
      HepTcpSource tcp,
      Tcp.ServerBinding tcpBinding) {
    this.udp = udp;
    this.udpAddress = udpAddress;
    this.tcp = tcp;
    this.tcpBinding = tcpBinding;
  }

  /// Binds both and lets what comes into the ingest.
  ///
  /// @param clock nanoseconds since the epoch
  /// @throws io.sipscope.node.BadSetting when an address cannot be bound
  public static HepSockets open(
      ActorSystem<?> system,
      HepUdpSettings udpSettings,
      HepTcpSettings tcpSettings,
      Ingest ingest,
      TcpConnections connections,
      LongSupplier clock) {
    var sockets = UdpSockets.bind(udpSettings);
    try {
      var tcp = new HepTcpSource(system, tcpSettings, ingest, connections, clock);
      var tcpBinding = tcp.bind().toCompletableFuture().join();
      var udp = new HepUdpSource(sockets, udpSettings, ingest.counters(), clock);
      Source.fromGraph(udp).to(ingest.hep(HepDecoder::decode)).run(system);
      return new HepSockets(udp, sockets.address(), tcp, tcpBinding);
    } catch (RuntimeException e) {
      sockets.close();
      throw e;
    }
  }

  public InetSocketAddress udpAddress() {
    return udpAddress;
  }

  public InetSocketAddress tcpAddress() {
    return tcpBinding.localAddress();
  }

  /// Reads no more; what was read goes on into the ingest.
  public CompletionStage<Done> close() {
    udp.stop();
    tcp.stop();
    return tcpBinding.unbind().thenApply(_ -> Done.getInstance());
  }
}
