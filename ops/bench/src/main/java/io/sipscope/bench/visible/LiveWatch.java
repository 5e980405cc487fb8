package io.sipscope.bench.visible;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// Reads a node's live stream and notes when a message of each dialog came first.
final class LiveWatch implements AutoCloseable {
  private static final Pattern CALL_ID = Pattern.compile("\"callId\":\"([^\"]*)\"");

  private final Map<String, Long> seen = new ConcurrentHashMap<>();
  private final String prefix;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Thread thread;
  private volatile boolean closed;

  /// @param prefix of the Call-IDs that matter
  LiveWatch(URI live, String prefix) throws IOException, InterruptedException {
    this.prefix = prefix;
    var events = client.send(HttpRequest.newBuilder(live).build(), BodyHandlers.ofInputStream());
    var lines = new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8));
    thread = Thread.ofPlatform().daemon().name("live-watch").start(() -> read(lines));
  }

  private void read(BufferedReader lines) {
    try {
      lines.lines().filter(line -> line.contains(prefix)).forEach(this::note);
    } catch (UncheckedIOException e) {
      if (!closed) {
        throw e;
      }
    }
  }

  private void note(String line) {
    var callId = CALL_ID.matcher(line);
    if (callId.find()) {
      seen.putIfAbsent(callId.group(1), System.nanoTime());
    }
  }

  /// By Call-ID, as [System#nanoTime] tells it.
  Map<String, Long> seen() {
    return seen;
  }

  @Override
  public void close() {
    closed = true;
    client.shutdownNow();
    thread.interrupt();
  }
}
