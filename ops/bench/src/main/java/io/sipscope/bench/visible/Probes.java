package io.sipscope.bench.visible;

import io.sipscope.bench.Call;
import io.sipscope.bench.Frames;
import io.sipscope.bench.node.NodeProcess;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// Sends one INVITE at a time, over a connection of its own, and asks for its dialog until a search
/// has it.
final class Probes {
  static final String RUN = "probe";

  private static final long PATIENCE = Duration.ofSeconds(20).toNanos();
  private static final long POLL_MILLIS = 2;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final NodeProcess node;
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicLong next = new AtomicLong();
  private final Map<String, Long> sent = new ConcurrentHashMap<>();
  private final Histogram searched = new ConcurrentHistogram(3);

  Probes(NodeProcess node) {
    this.node = node;
  }

  /// When each was sent, by Call-ID, as [System#nanoTime] tells it.
  Map<String, Long> sent() {
    return sent;
  }

  /// Until the first search that had it was answered, microseconds.
  Histogram searched() {
    return searched;
  }

  /// Sends them until a time of [System#nanoTime].
  void run(long end) throws IOException, InterruptedException {
    try (var wire = SocketChannel.open(node.hep())) {
      while (System.nanoTime() < end) {
        one(wire, next.getAndIncrement());
      }
    }
  }

  private void one(SocketChannel wire, long number) throws IOException, InterruptedException {
    var callId = Call.callId(RUN, number);
    var frame =
        Frames.hep3(0, Call.message(0, RUN, number), System.currentTimeMillis() * NANOS_PER_MILLI);
    var bytes = ByteBuffer.wrap(frame.array(), frame.offset(), frame.length());
    long begun = System.nanoTime();
    sent.put(callId, begun);
    while (bytes.hasRemaining()) {
      wire.write(bytes);
    }
    var search =
        HttpRequest.newBuilder(
                node.uri(
                    "/api/dialogs?call-id=" + URLEncoder.encode(callId, StandardCharsets.UTF_8)))
            .build();
    while (!client.send(search, BodyHandlers.ofString()).body().contains(callId)) {
      if (System.nanoTime() - begun > PATIENCE) {
        throw new IOException(callId + " is not found");
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    searched.recordValue((System.nanoTime() - begun) / 1000);
  }
}
