package io.sipscope.bench.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/// Every message traced twice: to a receiver of HEP3 over TCP, which reads and forgets, and into
/// the table `sip_trace` of the PostgreSQL that the node stores in.
final class TraceEverything implements AutoCloseable {
  /// What the trace's counters are found by.
  static final String GROUP = "trace-bench:";

  static final int DESTINATIONS = 2;

  private static final int READ = 64 << 10;

  private final ServerSocket receiver;

  TraceEverything() throws IOException {
    receiver = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::readAll);
  }

  private void readAll() {
    try {
      while (true) {
        try (Socket socket = receiver.accept()) {
          var bytes = new byte[READ];
          while (socket.getInputStream().read(bytes) >= 0) {
            // read and forgotten
          }
        }
      }
    } catch (IOException e) {
      if (!receiver.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// A configuration that traces.
  ///
  /// @param jdbcUrl of the store
  Path written(Path folder, String jdbcUrl, String user, String password) throws IOException {
    var url = URI.create(jdbcUrl.substring("jdbc:".length()));
    var owner = password.isEmpty() ? user : user + ":" + password;
    var config =
        """
        sipscope.trace {
          hep-ids = ["[bench-hep] 127.0.0.1:%d;transport=tcp;version=3"]
          ids = [
            "[bench]uri=hep:bench-hep"
            "[bench]uri=postgres://%s@%s%s"
          ]
          rules = [{ trace-id = bench, scope = m }]
        }
        """
            .formatted(receiver.getLocalPort(), owner, url.getAuthority(), url.getPath());
    return Files.writeString(folder.resolve("trace.conf"), config);
  }

  @Override
  public void close() throws IOException {
    receiver.close();
  }
}
