package io.sipscope.node.sources.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.api.sync.RedisCommands;
import io.sipscope.node.sources.Backoff;
import io.sipscope.persistence.statistics.Counters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes to Redis what became of what was read: entries that are stored are acknowledged, many at
/// once; what could not be read goes to the dead letters first. While Redis is away both wait.
///
/// On a thread and a connection of its own: reading waits for entries, and storing must not wait.
final class Settlement {
  private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

  /// Acknowledged at once.
  private static final int BATCH = 1_000;

  /// Unreadable messages of the channel that may wait to be kept: nothing else holds them back.
  private static final int MOST_LETTERS = 1_000;

  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration LAST = Duration.ofSeconds(5);

  private final RedisSettings settings;
  private final RedisLink link;
  private final InFlight inFlight;
  private final LongAdder acknowledged;
  private final LongAdder letters;
  private final LongAdder lettersLost;
  private final BlockingQueue<Entry> stored = new LinkedBlockingQueue<>();
  private final BlockingQueue<DeadLetter> unread = new LinkedBlockingQueue<>(MOST_LETTERS);
  private final CountDownLatch ending = new CountDownLatch(1);
  private final Thread thread;
  private volatile long endsBy = Long.MAX_VALUE;

  /// @param inFlight is rid of each entry that Redis needs not remember any more
  Settlement(RedisSettings settings, RedisClient client, Counters counters, InFlight inFlight) {
    this.settings = settings;
    this.link = new RedisLink(client);
    this.inFlight = inFlight;
    acknowledged = counters.counter("sources", "redis_acknowledged");
    letters = counters.counter("sources", "redis_dead_letters");
    lettersLost = counters.counter("sources", "redis_dead_letters_lost");
    thread = Thread.ofVirtual().name("redis-settlement").start(this::run);
  }

  /// An entry is stored, or cannot be read. Does not wait; reading bounds how many there are.
  void settled(Entry entry) {
    stored.add(entry);
  }

  /// A message of the channel cannot be read. Does not wait.
  void unread(DeadLetter letter) {
    if (!unread.offer(letter)) {
      lettersLost.increment();
    }
  }

  /// Writes what is left, for some seconds at most, and returns when it has.
  void end() {
    endsBy = System.nanoTime() + LAST.toNanos();
    ending.countDown();
    try {
      thread.join(LAST.plus(LOOK));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    link.drop();
  }

  private void run() {
    var backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));
    var entries = new ArrayList<Entry>(BATCH);
    try {
      while (true) {
        collect(entries);
        if (entries.isEmpty() && unread.isEmpty()) {
          if (ending.getCount() == 0) {
            return;
          }
        } else if (attempt(entries)) {
          backoff.wentWell();
        } else if (System.nanoTime() - endsBy > 0) {
          LOG.warn("{} entries of {} are stored and not acknowledged", entries.size(), settings);
          return;
        } else {
          pause(backoff.pause());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The end cuts it short.
  private void pause(Duration pause) throws InterruptedException {
    if (ending.getCount() == 0) {
      LockSupport.parkNanos(LOOK.toNanos());
    } else if (ending.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
      LOG.debug("what is left is written now");
    }
  }

  private void collect(List<Entry> entries) throws InterruptedException {
    if (entries.isEmpty() && unread.isEmpty()) {
      Optional.ofNullable(stored.poll(LOOK.toNanos(), TimeUnit.NANOSECONDS))
          .ifPresent(entries::add);
    }
    stored.drainTo(entries, BATCH - entries.size());
  }

  /// Whether all of it was written; the entries are then no longer in the list.
  private boolean attempt(List<Entry> entries) {
    try {
      var redis = link.connection().sync();
      for (var letter = unread.peek(); letter != null; letter = unread.peek()) {
        keep(redis, letter);
        unread.remove();
      }
      entries.stream().flatMap(entry -> entry.letter().stream()).forEach(each -> keep(redis, each));
      if (!entries.isEmpty()) {
        redis.xack(
            settings.stream(),
            settings.group(),
            entries.stream().map(Entry::id).toArray(String[]::new));
        acknowledged.add(entries.size());
        entries.forEach(inFlight::remove);
        entries.clear();
      }
      return true;
    } catch (RedisException e) {
      LOG.debug("Redis does not take what is settled: {}", RedisLink.reason(e));
      link.drop();
      return false;
    }
  }

  /// What Redis refuses is not offered again: entries behind it wait.
  private void keep(RedisCommands<String, byte[]> redis, DeadLetter letter) {
    try {
      redis.xadd(
          settings.deadLetterKey(),
          XAddArgs.Builder.maxlen(settings.mostDeadLetters()),
          letter.fields());
      letters.increment();
    } catch (RedisCommandExecutionException e) {
      lettersLost.increment();
      LOG.debug("Redis keeps no dead letter: {}", RedisLink.reason(e));
    }
  }
}
