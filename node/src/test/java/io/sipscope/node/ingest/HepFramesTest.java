package io.sipscope.node.ingest;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class HepFramesTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final Duration LONG = Duration.ofSeconds(30);

  private final BlockingQueue<String> malformed = new LinkedBlockingQueue<>();

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private List<Bytes> frames(Source<ByteString, NotUsed> stream, Duration timeout)
      throws Exception {
    return stream
        .via(
            new HepFrames(
                timeout,
                Duration.ZERO,
                () -> malformed.add("idle"),
                (reason, _) -> malformed.add(reason)))
        .mapConcat(frames -> frames)
        .runWith(Sink.seq(), KIT.system())
        .toCompletableFuture()
        .get(20, SECONDS);
  }

  private static Source<ByteString, NotUsed> stream(byte[]... pieces) {
    return Source.from(List.of(pieces)).map(ByteString::fromArray);
  }

  @Test
  void findsEveryFrameWhereverTheStreamIsSplit() throws Exception {
    var random = new Random(9060);
    var sent = new ArrayList<Bytes>();
    var all = new ByteArrayOutputStream();
    for (int i = 0; i < 500; i++) {
      var frame = Messages.hep3(Messages.options("call-" + i), i);
      sent.add(Bytes.of(frame));
      all.writeBytes(frame);
    }
    var bytes = Bytes.of(all.toByteArray());
    var pieces = new ArrayList<ByteString>();
    for (int at = 0; at < bytes.length(); ) {
      int to = Math.min(bytes.length(), at + 1 + random.nextInt(900));
      pieces.add(ByteString.fromArray(bytes.slice(at, to).toArray()));
      at = to;
    }
    assertEquals(sent, frames(Source.from(pieces), LONG));
    assertEquals(List.of(), List.copyOf(malformed));
  }

  @Test
  void endsAtBytesThatAreNoHepAndKeepsWhatCameBefore() throws Exception {
    var frame = Messages.hep3("x", 1);
    var noise = "GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    var both = new ByteArrayOutputStream();
    both.writeBytes(frame);
    both.writeBytes(noise);
    var open = stream(both.toByteArray()).concat(Source.never());
    assertEquals(List.of(Bytes.of(frame)), frames(open, LONG));
    assertEquals(List.of("not-hep"), List.copyOf(malformed));
  }

  @Test
  void aFrameWhoseRestDoesNotComeEndsTheConnection() throws Exception {
    var frame = Bytes.of(Messages.hep3("x", 1));
    var start = frame.slice(0, 20).toArray();
    var open = stream(start).concat(Source.never());
    assertEquals(List.of(), frames(open, Duration.ofMillis(200)));
    assertEquals(List.of("frame-timeout"), List.copyOf(malformed));
  }

  /// A byte now and then is no progress: what counts is how long the frame takes.
  @Test
  void aFrameThatComesByteByByteEndsTheConnection() throws Exception {
    var frame = Bytes.of(Messages.hep3(Messages.options("slow"), 1));
    var slow =
        Source.range(0, frame.length() - 1)
            .map(i -> ByteString.fromArray(new byte[] {frame.at(i)}))
            .throttle(1, Duration.ofMillis(20));
    assertEquals(List.of(), frames(slow, Duration.ofMillis(300)));
    assertEquals(List.of("frame-timeout"), List.copyOf(malformed));
  }

  @Test
  void anAgentThatIsQuietBetweenFramesStays() throws Exception {
    var frame = Messages.hep3("x", 1);
    var quiet = stream(frame).concat(stream(frame).initialDelay(Duration.ofMillis(600)));
    assertEquals(2, frames(quiet, Duration.ofMillis(100)).size());
    assertEquals(List.of(), List.copyOf(malformed));
  }

  @Test
  void aStreamThatEndsInsideAFrameIsCounted() throws Exception {
    var frame = Bytes.of(Messages.hep3("x", 1));
    assertEquals(List.of(), frames(stream(frame.slice(0, 20).toArray()), LONG));
    assertEquals(List.of("cut-short"), List.copyOf(malformed));
  }
}
