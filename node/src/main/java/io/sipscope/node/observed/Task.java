package io.sipscope.node.observed;

import java.util.ArrayList;
import java.util.List;

/// What some threads of this node are there for.
///
/// @param type as `ps` has it
/// @param signalling what comes from outside goes through them
/// @param threads what their names begin with
/// @param slot of a worker that comes and goes; -1 for those that stay
public record Task(String type, boolean signalling, List<String> threads, int slot) {
  private static final int STAYS = -1;

  public Task {
    threads = List.copyOf(threads);
  }

  private static Task staying(String type, boolean signalling, String... threads) {
    return new Task(type, signalling, List.of(threads), STAYS);
  }

  /// Those of a node. The first takes what no other names: the main thread and the JVM's own.
  ///
  /// @param hepUdp where HEP comes by UDP, `host:port`
  /// @param readers how many threads read it
  /// @param decoded whether others decode it, which are its receivers then
  public static List<Task> ofNode(
      String hepUdp, int readers, boolean decoded, String hepTcp, String http) {
    var tasks = new ArrayList<Task>();
    tasks.add(staying("attendant", false));
    tasks.add(staying("timer", false, "sipscope-scheduler"));
    for (int i = 0; i < readers; i++) {
      var type = decoded ? "UDP reader hep_udp:" : "SIP receiver hep_udp:";
      tasks.add(staying(type + hepUdp, true, "hep-udp-" + i));
    }
    tasks.add(
        staying(
            "TCP receiver hep_tcp:" + hepTcp + ", dialogs, HTTPD " + http,
            true,
            "sipscope-pekko.actor.default-dispatcher"));
    tasks.add(staying("TCP main", true, "sipscope-pekko.io."));
    tasks.add(
        staying(
            "cluster", false, "sipscope-pekko.actor.internal-dispatcher", "sipscope-pekko.remote"));
    tasks.add(staying("journal writer", false, "journal-write-", "journal-retry", "s0-io-"));
    tasks.add(staying("journal reader", false, "journal-read-", "store-read-"));
    tasks.add(
        staying(
            "store upkeep",
            false,
            "store-",
            "reindex",
            "ingest-spool",
            "H2 ",
            "MVStore",
            "Generate"));
    tasks.add(staying("virtual threads", false, "ForkJoinPool-"));
    return List.copyOf(tasks);
  }

  /// One that comes and goes.
  static Task receiver(String hepUdp, String thread, int slot) {
    return new Task("SIP receiver hep_udp:" + hepUdp, true, List.of(thread), slot);
  }
}
