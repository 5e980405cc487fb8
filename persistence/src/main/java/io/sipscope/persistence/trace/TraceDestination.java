package io.sipscope.persistence.trace;

import java.nio.file.Path;

/// Where the messages of a trace_id go. Several of one trace_id get every message each.
public sealed interface TraceDestination {

  /// @param version of HEP, 1 to 3; 1 and 2 go by UDP only
  record Hep(String host, int port, HepTransport transport, int version)
      implements TraceDestination {}

  /// The bytes as they were, by UDP.
  record Sip(String host, int port) implements TraceDestination {}

  /// A table `sip_trace` of version 5, made where it is missing and may be made.
  ///
  /// @param jdbcUrl without credentials
  /// @param user empty = none
  record Database(String jdbcUrl, String user, String password, String table)
      implements TraceDestination {

    /// Without the password, which is nobody's to read in a log.
    @Override
    public String toString() {
      return "Database[" + jdbcUrl + ", " + user + ", " + table + "]";
    }
  }

  record File(Path path) implements TraceDestination {}

  /// @param facility by its number of RFC 5424 §6.2.1, 16 = local0
  /// @param severity likewise, 6 = informational
  record Syslog(int facility, int severity) implements TraceDestination {}

  /// By what a HEP destination is reached.
  enum HepTransport {
    UDP,
    TCP,
    TLS
  }
}
