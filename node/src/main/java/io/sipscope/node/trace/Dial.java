package io.sipscope.node.trace;

import io.sipscope.node.Resolver;
import java.io.IOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// How a receiver of HEP is connected to.
///
/// @param tls empty for plain TCP
record Dial(
    Resolver resolver, String host, int port, Duration timeout, Optional<SSLSocketFactory> tls) {

  /// The socket, connected; by TLS, one around it whose certificate is of that host.
  Socket connected(Socket socket) throws IOException, Away {
    int millis = Math.toIntExact(timeout.toMillis());
    socket.setTcpNoDelay(true);
    socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    socket.connect(Hosts.resolved(resolver, host, port), millis);
    if (tls.isEmpty()) {
      return socket;
    }
    socket.setSoTimeout(millis);
    var secured =
        (SSLSocket) tls.get().createSocket(socket, Hosts.bare(host), port, /* autoClose */ true);
    var parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS"); // RFC 2818 §3.1
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    socket.setSoTimeout(0);
    return secured;
  }
}
