package io.sipscope.http.connections;

import io.sipscope.persistence.events.Event;
import io.sipscope.persistence.events.EventNames;
import io.sipscope.persistence.events.Events;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/// The connections over TCP of this node, told by those who open and accept them; each knows its
/// own bound. When one closes, subscribers of [EventNames#TCP_DISCONNECT] are told.
public final class TcpConnections {
  private final Events events;
  private final ConcurrentNavigableMap<Long, TcpConnection> open = new ConcurrentSkipListMap<>();
  private final AtomicLong ids = new AtomicLong();

  public TcpConnections(Events events) {
    this.events = events;
  }

  /// Takes a connection that is open.
  ///
  /// @param protocol as OpenSIPS names it: `hep_tcp`
  /// @return its id, to [#closed] it by
  public long opened(String protocol, InetSocketAddress remote, InetSocketAddress local) {
    long id = ids.incrementAndGet();
    open.put(id, new TcpConnection(id, protocol, TcpConnection.OPEN, remote, local));
    return id;
  }

  public void closed(long id) {
    var connection = open.remove(id);
    if (connection != null) {
      events.raise(EventNames.TCP_DISCONNECT, () -> disconnected(connection));
    }
  }

  private static Event disconnected(TcpConnection connection) {
    return Event.of(EventNames.TCP_DISCONNECT)
        .with("src_ip", address(connection.remote()))
        .with("src_port", connection.remote().getPort())
        .with("dst_ip", address(connection.local()))
        .with("dst_port", connection.local().getPort())
        .with("proto", connection.protocol());
  }

  /// The oldest first.
  public List<TcpConnection> list() {
    return List.copyOf(open.values());
  }

  /// The address as text, IPv6 without brackets.
  public static String address(InetSocketAddress endpoint) {
    var address = endpoint.getAddress();
    return address == null ? endpoint.getHostString() : address.getHostAddress();
  }
}
