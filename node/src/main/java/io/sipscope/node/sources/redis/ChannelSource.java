package io.sipscope.node.sources.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.sipscope.node.ingest.Origin;
import io.sipscope.node.sources.Handover;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.relay.RelayReader;
import io.sipscope.protocol.relay.Relayed;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.pekko.Done;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes in what is published to a channel. Redis keeps none of it: what is published while we are
/// not connected is lost, and nobody knows how much. What comes faster than it is read waits in a
/// queue; what finds that full is dropped, and counted.
final class ChannelSource {
  private static final Logger LOG = LoggerFactory.getLogger(ChannelSource.class);

  /// How often it looks whether it shall end.
  private static final Duration LOOK = Duration.ofMillis(200);

  private final RedisSettings settings;
  private final RedisClient client;
  private final Intake intake;
  private final Handover handover;
  private final Settlement settlement;
  private final Reach reach;
  private final LongSupplier clock;

  /// Empty: nothing comes any more.
  private final BlockingQueue<Optional<Heard>> queue;

  private final AtomicLong waitingBytes = new AtomicLong();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CompletableFuture<Done> ended = new CompletableFuture<>();

  private record Heard(Bytes message, long at) {}

  ChannelSource(
      RedisSettings settings,
      RedisClient client,
      Intake intake,
      Handover handover,
      Settlement settlement,
      Reach reach,
      LongSupplier clock) {
    this.settings = settings;
    this.client = client;
    this.intake = intake;
    this.handover = handover;
    this.settlement = settlement;
    this.reach = reach;
    this.clock = clock;
    this.queue = new LinkedBlockingQueue<>(settings.queue() + 1);
  }

  void start() {
    Thread.ofVirtual().name("redis-channel").start(this::listen);
    Thread.ofVirtual().name("redis-channel-reading").start(this::read);
  }

  /// Listens no more; completes when all that was heard is in the ingest.
  CompletionStage<Done> close() {
    closing.countDown();
    return ended.thenCompose(_ -> handover.end());
  }

  private void listen() {
    try {
      while (closing.getCount() > 0) {
        try {
          subscribed();
        } catch (RuntimeException e) { // lettuce has more than its own: all are tried again
          var pause = reach.away(e);
          if (closing.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
            LOG.debug("{}: closed while it was away", settings);
          }
        }
      }
      queue.put(Optional.empty());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Returns when it shall end, or the connection did.
  private void subscribed() throws InterruptedException {
    var over = new CountDownLatch(1);
    try (var connection = client.connectPubSub(RedisLink.CODEC)) {
      connection.addListener(
          new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> ended) {
              over.countDown();
            }
          });
      connection.addListener(
          new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, byte[] message) {
              heard(message);
            }
          });
      connection.sync().subscribe(settings.channel());
      reach.up();
      while (closing.getCount() > 0 && connection.isOpen()) {
        if (over.await(LOOK.toNanos(), TimeUnit.NANOSECONDS)) {
          throw new RedisException("the connection ended");
        }
      }
    }
  }

  /// On the thread that reads the network: it must not wait.
  private void heard(byte[] message) {
    boolean fits = waitingBytes.addAndGet(message.length) <= settings.queueBytes();
    if (!fits
        || queue.size() >= settings.queue()
        || !queue.offer(Optional.of(new Heard(Bytes.of(message), clock.getAsLong())))) {
      waitingBytes.addAndGet(-message.length);
      intake.lost("redis-queue-full");
    }
  }

  private void read() {
    try {
      for (var next = queue.take(); next.isPresent(); next = queue.take()) {
        take(next.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended.complete(Done.getInstance());
    }
  }

  private void take(Heard heard) {
    waitingBytes.addAndGet(-heard.message().length());
    intake
        .take(
            RelayReader.read(heard.message()),
            OptionalLong.of(heard.at()),
            Origin.NOBODY,
            why -> settlement.unread(letter(why, heard)))
        .forEach(handover::put);
  }

  private DeadLetter letter(Relayed.Malformed why, Heard heard) {
    return new DeadLetter(
        why, settings.channel(), "", heard.at(), Map.of("", heard.message().toArray()));
  }
}
