package io.sipscope.node.sources.redis;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.sipscope.http.json.Json;
import io.sipscope.http.messages.MessageJson;
import io.sipscope.node.ingest.Bursts;
import io.sipscope.node.ingest.LivePublisher;
import io.sipscope.node.sources.Backoff;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.dialog.Rung;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes what this node stored to a channel: each message as the API has it, its bytes in
/// base64 as `raw`, and who published it. Storing never waits for it: what finds the queue full is
/// dropped, and counted.
///
/// What came by Redis is not published, so that two who listen to each other do not go round.
public final class RedisPublisher implements Consumer<Bursts.Stored>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisPublisher.class);
  private static final String GROUP = "sources";

  /// Published at once, before the answers are waited for.
  private static final int BATCH = 128;

  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration LAST = Duration.ofSeconds(2);

  private record Message(String key, Rung rung) {}

  private final RedisSettings settings;
  private final Function<Rung, String> trunk;
  private final RedisClient client;
  private final RedisLink link;
  private final BlockingQueue<Message> queue;
  private final LongAdder published;
  private final LongAdder dropped;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  private RedisPublisher(RedisSettings settings, Function<Rung, String> trunk, Counters counters) {
    this.settings = settings;
    this.trunk = trunk;
    client = RedisLink.client(settings);
    link = new RedisLink(client);
    queue = new LinkedBlockingQueue<>(settings.publishQueue());
    published = counters.counter(GROUP, "redis_published");
    dropped = counters.counter(GROUP, "redis_publish_dropped");
    thread = Thread.ofVirtual().name("redis-publisher").start(this::run);
  }

  /// @param live is shown what was stored, as before
  /// @param trunk the name of a message's trunk; empty when it is of none
  /// @param onClose takes what closes the publisher, if there is one
  /// @return `live`, and a publisher where one is configured
  public static Consumer<Bursts.Stored> beside(
      Consumer<Bursts.Stored> live,
      RedisSettings settings,
      Function<Rung, String> trunk,
      Counters counters,
      Consumer<Runnable> onClose) {
    if (settings.publish().isEmpty()) {
      return live;
    }
    var publisher = new RedisPublisher(settings, trunk, counters);
    onClose.accept(publisher::close);
    LOG.info("{}: what is stored is published to {}", settings, settings.publish());
    return live.andThen(publisher);
  }

  @Override
  public void accept(Bursts.Stored stored) {
    for (var rung : LivePublisher.rungs(stored)) {
      if (rung.capture().kind() != SourceKind.REDIS
          && !queue.offer(new Message(stored.key(), rung))) {
        dropped.increment();
      }
    }
  }

  private void run() {
    var backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
    var batch = new ArrayList<Message>(BATCH);
    try {
      while (true) {
        if (batch.isEmpty()) {
          var first = queue.poll(LOOK.toNanos(), TimeUnit.NANOSECONDS);
          if (first != null) {
            batch.add(first);
          } else if (closing.getCount() == 0) {
            return;
          }
        }
        queue.drainTo(batch, BATCH - batch.size());
        if (batch.isEmpty() || publish(batch)) {
          backoff.wentWell();
        } else if (closing.await(backoff.pause().toNanos(), TimeUnit.NANOSECONDS)) {
          dropped.add(batch.size() + queue.size());
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// What was published is taken out of the batch, also when the rest could not be.
  private boolean publish(List<Message> batch) throws InterruptedException {
    try {
      var redis = link.connection().async();
      var answers = new ArrayList<RedisFuture<Long>>(batch.size());
      for (var message : batch) {
        answers.add(redis.publish(settings.publish(), json(message)));
      }
      for (var answer : answers) {
        if (!answer.await(LAST.toNanos(), TimeUnit.NANOSECONDS) || answer.getError() != null) {
          throw new RedisException("not published: " + answer.getError());
        }
        published.increment();
        batch.removeFirst();
      }
      return true;
    } catch (RedisException e) {
      LOG.debug("{} takes nothing to publish: {}", settings, RedisLink.reason(e));
      link.drop();
      return false;
    }
  }

  private byte[] json(Message message) {
    var rung = message.rung();
    var json = MessageJson.of(message.key(), rung, trunk.apply(rung), true);
    var tree = (ObjectNode) Json.tree(json);
    return Json.bytes(tree.put("publishedBy", settings.self()));
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(LAST);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    link.drop();
    RedisLink.close(client);
  }
}
