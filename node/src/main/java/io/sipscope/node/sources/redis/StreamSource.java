package io.sipscope.node.sources.redis;

import io.lettuce.core.StreamMessage;
import io.sipscope.node.sources.Handover;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.relay.RelayReader;
import io.sipscope.protocol.relay.Relayed;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.pekko.Done;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes in the entries of a stream, on a thread of its own, and no faster than they are stored:
/// so many are in flight, and no more are read.
///
/// None is lost, as an entry is acknowledged once it is stored. None is stored twice: an entry that
/// comes again has the same time, addresses and bytes, and so is the same sighting. The time of one
/// that has none is that of its ID.
final class StreamSource {
  private static final Logger LOG = LoggerFactory.getLogger(StreamSource.class);

  /// How long it waits for room before it looks whether it shall end.
  private static final Duration LOOK = Duration.ofMillis(500);

  private final RedisSettings settings;
  private final StreamReader reader;
  private final InFlight inFlight;
  private final Intake intake;
  private final Handover handover;
  private final Settlement settlement;
  private final Reach reach;
  private final LongSupplier clock;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CompletableFuture<Done> ended = new CompletableFuture<>();

  StreamSource(
      RedisSettings settings,
      StreamReader reader,
      InFlight inFlight,
      Intake intake,
      Handover handover,
      Settlement settlement,
      Reach reach,
      LongSupplier clock) {
    this.settings = settings;
    this.reader = reader;
    this.inFlight = inFlight;
    this.intake = intake;
    this.handover = handover;
    this.settlement = settlement;
    this.reach = reach;
    this.clock = clock;
  }

  void start() {
    Thread.ofVirtual().name("redis-stream").start(this::run);
  }

  /// Reads no more; completes when all that was read is in the ingest.
  CompletionStage<Done> close() {
    closing.countDown();
    return ended.thenCompose(_ -> handover.end());
  }

  private void run() {
    try {
      while (closing.getCount() > 0) {
        int room = inFlight.reserve(settings.batch(), LOOK);
        if (room > 0) {
          step(room);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      reader.drop();
      ended.complete(Done.getInstance());
    }
  }

  private void step(int room) throws InterruptedException {
    int taken = 0;
    var pause = Duration.ZERO;
    try {
      for (var entry : reader.next(room)) {
        if (!inFlight.has(entry.getId())) {
          taken++;
          take(entry);
        }
      }
      reach.up();
    } catch (RuntimeException e) { // lettuce has more of them than its own: all are tried again
      reader.drop();
      pause = reach.away(e);
    } finally {
      inFlight.giveBack(room - taken);
    }
    if (closing.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
      LOG.debug("{}: closed", settings);
    }
  }

  private void take(StreamMessage<String, byte[]> message) {
    var entry = new Entry(message.getId(), settlement::settled);
    inFlight.add(entry);
    var body = message.getBody();
    if (body == null || body.isEmpty()) {
      trimmed(entry);
      return;
    }
    var fields = new LinkedHashMap<String, Bytes>();
    body.forEach((name, value) -> fields.put(name, Bytes.of(value)));
    var arrivals =
        intake.take(
            RelayReader.read(fields),
            time(message.getId()),
            entry,
            why -> entry.unread(letter(why, entry, body)));
    entry.holds(arrivals.size());
    arrivals.forEach(handover::put);
    entry.read();
  }

  /// Somebody deleted it between its delivery and now, by XTRIM or MAXLEN.
  private void trimmed(Entry entry) {
    intake.lost("redis-trimmed");
    entry.read();
  }

  private DeadLetter letter(Relayed.Malformed why, Entry entry, Map<String, byte[]> body) {
    return new DeadLetter(why, settings.stream(), entry.id(), clock.getAsLong(), body);
  }

  /// Of an ID, `milliseconds-number`: the number as nanoseconds, so that no two are the same.
  private static OptionalLong time(String id) {
    int dash = id.indexOf('-');
    try {
      long millis = Long.parseLong(id.substring(0, dash));
      long number = Long.parseLong(id.substring(dash + 1));
      return OptionalLong.of(Math.addExact(Math.multiplyExact(millis, 1_000_000L), number));
    } catch (IndexOutOfBoundsException | NumberFormatException | ArithmeticException _) {
      return OptionalLong.empty(); // an ID that was given, not made of the clock
    }
  }
}
