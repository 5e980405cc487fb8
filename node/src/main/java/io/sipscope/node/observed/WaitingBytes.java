package io.sipscope.node.observed;

import io.sipscope.persistence.statistics.Counters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Bytes that the kernel holds for our sockets and that we have not read yet (`net:`): the column
/// `rx_queue` of `/proc/net/udp` and `tcp`, of sockets at our ports. Where there is no such file
/// (not Linux) nothing is known, which is 0.
public final class WaitingBytes {
  private static final Logger LOG = LoggerFactory.getLogger(WaitingBytes.class);

  private static final List<Path> UDP =
      List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));
  private static final List<Path> TCP =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;
  private static final int QUEUES = 4;

  /// A listening socket's queue counts connections, not bytes.
  private static final String LISTENING = "0A";

  /// Busier machines have longer tables; the rest of one is not read.
  private static final int MAX_ROWS = 20_000;

  private WaitingBytes() {}

  /// @param udp ports of our UDP sockets
  /// @param tcp ports that we take connections at
  public static void register(Counters counters, Set<Integer> udp, Set<Integer> tcp) {
    counters.gauge("net", "waiting_udp", () -> in(UDP, udp));
    counters.gauge("net", "waiting_tcp", () -> in(TCP, tcp));
    counters.gauge("net", "waiting_tls", () -> 0);
  }

  private static long in(List<Path> tables, Set<Integer> ports) {
    long bytes = 0;
    for (var table : tables) {
      if (Files.isReadable(table)) {
        try (var rows = Files.lines(table)) {
          bytes += rows.skip(1).limit(MAX_ROWS).mapToLong(row -> inRow(row, ports)).sum();
        } catch (IOException e) {
          LOG.debug("cannot read {}", table, e);
        }
      }
    }
    return bytes;
  }

  /// A row: `sl local_address rem_address st tx:rx ...`, all in hex, the port after the colon.
  static long inRow(String row, Set<Integer> ports) {
    var columns = row.strip().split("\\s+", QUEUES + 2);
    if (columns.length <= QUEUES || columns[STATE].equals(LISTENING)) {
      return 0;
    }
    var local = columns[LOCAL_ADDRESS];
    int port = Integer.parseInt(local.substring(local.lastIndexOf(':') + 1), 16);
    var queues = columns[QUEUES];
    return ports.contains(port) ? Long.parseLong(queues.substring(queues.indexOf(':') + 1), 16) : 0;
  }
}
