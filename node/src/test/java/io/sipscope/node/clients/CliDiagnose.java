package io.sipscope.node.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What `opensips-cli diagnose` asks for and reads by key: a missing one ends it.
record CliDiagnose(PythonOpensips mi) {
  private static final Pattern VERSION = Pattern.compile("OpenSIPS \\((\\d)\\.(\\d)\\.\\d.*");

  /// One digit each, as it reads them; it works with 3 and later.
  int version() throws Exception {
    var server = mi.execute("version").path("Server").asText();
    var version = VERSION.matcher(server);
    assertTrue(version.lookingAt(), server);
    return Integer.parseInt(version.group(1)) * 10 + Integer.parseInt(version.group(2));
  }

  /// `diagnose sip`, `dns`, `sql` and `nosql`: totals and slow ones.
  Map<String, Long> totals() throws Exception {
    var stats = statistics("rcv_requests", "rcv_replies", "slow_messages");
    return Map.of(
        "sip",
        number(stats, "core:rcv_requests") + number(stats, "core:rcv_replies"),
        "slow",
        number(stats, "core:slow_messages"),
        "dns",
        queries("dns"),
        "sql",
        queries("sql"),
        "nosql",
        queries("cdb"));
  }

  private long queries(String kind) throws Exception {
    var stats = statistics(kind + "_total_queries", kind + "_slow_queries");
    long slow = number(stats, kind + ":" + kind + "_slow_queries");
    long total = number(stats, kind + ":" + kind + "_total_queries");
    assertTrue(slow <= total, stats::toString);
    return total;
  }

  /// `diagnose memory`: shared memory, and that of every process.
  void memory() throws Exception {
    var stats = statistics("shmem:", "pkmem:");
    long total = number(stats, "shmem:total_size");
    assertTrue(number(stats, "shmem:real_used_size") <= total, stats::toString);
    assertTrue(number(stats, "shmem:max_used_size") <= total, stats::toString);
    for (var process : processes()) {
      var prefix = "pkmem:" + process.path("ID").asInt() + "-";
      number(stats, prefix + "real_used_size");
      number(stats, prefix + "free_size");
      number(stats, prefix + "max_used_size");
    }
  }

  /// `diagnose load`: what it groups the processes by, `udp:...` and `hep_udp:...` or `TCP`.
  List<String> load() throws Exception {
    var stats = statistics("load:", "timestamp");
    number(stats, "core:timestamp");
    var groups = new ArrayList<String>();
    for (var process : processes()) {
      var type = process.path("Type").asText();
      if (type.startsWith("TCP ") || type.startsWith("SIP receiver ")) {
        groups.add(type.startsWith("TCP ") ? "TCP" : type.substring("SIP receiver ".length()));
        for (var window : List.of("load", "load1m", "load10m")) {
          long load = number(stats, "load:" + window + "-proc-" + process.path("ID").asInt());
          assertTrue(load <= 100, () -> type + " " + load);
        }
      }
    }
    return groups;
  }

  /// Where `diagnose load` looks for what waits in the kernel: a socket of IPv4 at its address.
  static boolean isListed(String udpTable, int port) {
    return udpTable.contains(" 0100007F:%04X ".formatted(port));
  }

  /// `diagnose` alone.
  void summary() throws Exception {
    var stats =
        statistics(
            "load",
            "load1m",
            "load10m",
            "total_size",
            "real_used_size",
            "max_used_size",
            "rcv_requests",
            "rcv_replies",
            "processes_number",
            "slow_messages",
            "pkmem:",
            "dns:",
            "sql:",
            "cdb:");
    for (var key :
        List.of(
            "load:load",
            "load:load1m",
            "load:load10m",
            "shmem:total_size",
            "shmem:real_used_size",
            "shmem:max_used_size",
            "core:rcv_requests",
            "core:rcv_replies",
            "core:slow_messages",
            "dns:dns_slow_queries",
            "sql:sql_total_queries",
            "cdb:cdb_slow_queries")) {
      number(stats, key);
    }
    assertEquals(processes().size(), number(stats, "load:processes_number"));
  }

  JsonNode processes() throws Exception {
    var processes = mi.execute("ps").path("Processes");
    assertTrue(processes.size() > 1, processes::toString);
    for (var process : processes) {
      long pid = process.path("PID").asLong();
      assertTrue(ProcessHandle.of(pid).isPresent(), () -> "it looks the process up: " + process);
    }
    return processes;
  }

  private JsonNode statistics(String... names) throws Exception {
    return mi.execute("get_statistics", PythonJson.of(Map.of("statistics", names)));
  }

  private static long number(JsonNode stats, String key) {
    assertTrue(stats.path(key).isIntegralNumber(), () -> key + " in " + stats);
    return stats.get(key).asLong();
  }
}
