package io.sipscope.node.mi;

import io.sipscope.http.mi.MiRegistry;
import java.net.InetSocketAddress;
import java.util.Optional;

/// The ways into the management interface beside HTTP, from opening to closing. Both are shut
/// unless configured.
public final class MiDoors {
  private final Optional<MiFifo> fifo;
  private final Optional<MiDatagram> datagram;

  private MiDoors(Optional<MiFifo> fifo, Optional<MiDatagram> datagram) {
    this.fifo = fifo;
    this.datagram = datagram;
  }

  /// @throws io.sipscope.node.BadSetting when one of them cannot be opened
  public static MiDoors open(
      MiFifoSettings fifo, MiDatagramSettings datagram, MiRegistry commands) {
    var datagrams = datagram.address().map(address -> MiDatagram.open(address, commands));
    try {
      return new MiDoors(
          fifo.isOn() ? Optional.of(MiFifo.open(fifo, commands)) : Optional.empty(), datagrams);
    } catch (RuntimeException e) {
      datagrams.ifPresent(MiDatagram::close);
      throw e;
    }
  }

  /// Empty when no datagrams are taken.
  public Optional<InetSocketAddress> datagramAddress() {
    return datagram.map(MiDatagram::address);
  }

  public void close() {
    fifo.ifPresent(MiFifo::close);
    datagram.ifPresent(MiDatagram::close);
  }
}
