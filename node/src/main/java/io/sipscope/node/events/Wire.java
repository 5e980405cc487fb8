package io.sipscope.node.events;

import io.sipscope.node.Resolver;
import io.sipscope.persistence.events.SubscriberSocket;
import java.io.IOException;

/// The way to one subscriber. Used by one thread, which it may block.
interface Wire extends AutoCloseable {

  /// Sends one event.
  void send(byte[] payload) throws IOException;

  @Override
  void close();

  /// Opened by the first event.
  ///
  /// @throws IllegalArgumentException for a socket that is told otherwise
  static Wire to(SubscriberSocket socket, EventSettings settings, Resolver resolver) {
    int timeout = (int) settings.timeout().toMillis();
    return switch (socket) {
      case SubscriberSocket.Udp(var host, int port) -> new DatagramWire(resolver, host, port);
      case SubscriberSocket.Unix(var path) -> new UnixWire(path);
      case SubscriberSocket.Tcp(var host, int port, _) ->
          new StreamWire(resolver, host, port, timeout);
      case SubscriberSocket.JsonRpc(var host, int port, _) ->
          new StreamWire(resolver, host, port, timeout);
      case SubscriberSocket.XmlRpc(var host, int port, _) ->
          new HttpWire(host, port, settings.timeout());
      case SubscriberSocket.Flatstore(var path) -> new FileWire(path, settings.folder());
      case SubscriberSocket.Web _, SubscriberSocket.Virtual _, SubscriberSocket.Route _ ->
          throw new IllegalArgumentException(socket.text() + " is no single wire");
    };
  }
}
