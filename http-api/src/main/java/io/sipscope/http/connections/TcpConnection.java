package io.sipscope.http.connections;

import java.net.InetSocketAddress;

/// A connection over TCP that is open now.
///
/// @param id unique on this node
/// @param protocol as OpenSIPS names it: `hep_tcp`
/// @param state 0 = open, 1 = being opened
public record TcpConnection(
    long id, String protocol, int state, InetSocketAddress remote, InetSocketAddress local) {
  public static final int OPEN = 0;
  public static final int OPENING = 1;
}
