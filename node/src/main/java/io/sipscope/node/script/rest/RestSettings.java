package io.sipscope.node.script.rest;

import io.sipscope.node.Setting;
import java.time.Duration;

/// `sipscope.script.rest`: how long `rest_get` and `rest_post` try.
///
/// @param connect `connection_timeout`: until there is a connection
/// @param whole `curl_timeout`: until the answer is there
public record RestSettings(Duration connect, Duration whole) {
  private static final String KEY = "sipscope.script.rest.";
  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  public static RestSettings from(Setting setting) {
    return new RestSettings(
        setting.duration(KEY + "connect-timeout", SHORTEST, LONGEST),
        setting.duration(KEY + "answer-timeout", SHORTEST, LONGEST));
  }
}
