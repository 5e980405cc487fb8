package io.sipscope.node.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the kernel threw away of our UDP sockets because their receive buffers were full: the last
/// column of `/proc/net/udp` and `udp6`, for sockets of our port that this process has open.
/// Where there is no such file (not Linux), nothing is known and nothing counted.
final class KernelDrops {
  private static final Logger LOG = LoggerFactory.getLogger(KernelDrops.class);
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));
  private static final Path OPEN_FILES = Path.of("/proc/self/fd");

  private static final int LOCAL_ADDRESS = 1;
  private static final int INODE = 9;
  private static final int DROPS = 12;

  private final int port;
  private final Set<String> inodes;
  private final Map<String, Long> lastByInode = new HashMap<>();

  KernelDrops(int port) {
    this.port = port;
    this.inodes = openSockets();
  }

  /// How many more were dropped since the last time it was asked.
  synchronized long more() {
    long more = 0;
    for (var table : TABLES) {
      more += more(table);
    }
    return more;
  }

  private long more(Path table) {
    if (!Files.isReadable(table)) {
      return 0;
    }
    try {
      return Files.readAllLines(table).stream().skip(1).mapToLong(this::moreInRow).sum();
    } catch (IOException e) {
      LOG.debug("cannot read {}", table, e);
      return 0;
    }
  }

  /// A row: `sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode ref pointer
  /// drops`, addresses as hex with the port after the colon.
  long moreInRow(String row) {
    var columns = row.strip().split("\\s+", -1);
    if (columns.length <= DROPS || !inodes.contains(columns[INODE])) {
      return 0;
    }
    var local = columns[LOCAL_ADDRESS];
    if (Integer.parseInt(local.substring(local.lastIndexOf(':') + 1), 16) != port) {
      return 0;
    }
    long drops = Long.parseLong(columns[DROPS]);
    var before = lastByInode.put(columns[INODE], drops);
    return drops - (before == null ? 0 : before);
  }

  /// Inodes of the sockets this process has open.
  private static Set<String> openSockets() {
    var inodes = new HashSet<String>();
    if (!Files.isDirectory(OPEN_FILES)) {
      return inodes;
    }
    try (var files = Files.newDirectoryStream(OPEN_FILES)) {
      for (var file : files) {
        inodeOf(file, inodes);
      }
    } catch (IOException e) {
      LOG.debug("cannot list {}", OPEN_FILES, e);
    }
    return inodes;
  }

  private static void inodeOf(Path file, Set<String> inodes) {
    try {
      var target = Files.readSymbolicLink(file).toString();
      if (target.startsWith("socket:[")) {
        inodes.add(target.substring("socket:[".length(), target.length() - 1));
      }
    } catch (IOException closedMeanwhile) {
      LOG.trace("{} is gone", file, closedMeanwhile);
    }
  }
}
