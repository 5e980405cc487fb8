package io.sipscope.node.script.rest;

import java.time.Duration;

/// How long `rest_get` and `rest_post` try.
///
/// @param connect `connection_timeout`: until there is a connection
/// @param whole `curl_timeout`: until the answer is there
public record RestSettings(Duration connect, Duration whole) {
  /// As OpenSIPS has them.
  public static final RestSettings USUAL =
      new RestSettings(Duration.ofSeconds(20), Duration.ofSeconds(20));
}
