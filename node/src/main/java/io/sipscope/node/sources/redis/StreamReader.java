package io.sipscope.node.sources.redis;

import io.lettuce.core.Consumer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAutoClaimArgs;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is to be read next of a stream, as a member of its group:
///
/// 1. after the connection was made, the entries that were delivered to this consumer and never
///    acknowledged;
/// 2. those that another consumer has left lying for `claim-after`, which are made this one's;
/// 3. new ones.
///
/// A group that is not there (any more) is made, from the beginning of the stream: what is in it
/// was not stored, or is stored again and known. For one thread.
final class StreamReader {
  private static final Logger LOG = LoggerFactory.getLogger(StreamReader.class);

  /// How long one read waits for an entry, and so for how long nothing else is noticed.
  private static final Duration BLOCK = Duration.ofMillis(500);

  private static final String BEGINNING = "0-0";
  private static final String NONE = "";

  private final RedisSettings settings;
  private final RedisLink link;
  private final Consumer<String> consumer;
  private final InFlight inFlight;
  private final LongAdder claimed;
  private boolean hasGroup;
  private String pendingFrom = BEGINNING;
  private String claimFrom = BEGINNING;
  private long claimAt = System.nanoTime();
  private boolean canClaim = true;

  /// @param claimed counts entries that were taken over
  StreamReader(
      RedisSettings settings,
      RedisClient client,
      String consumer,
      InFlight inFlight,
      LongAdder claimed) {
    this.settings = settings;
    this.link = new RedisLink(client);
    this.consumer = Consumer.from(settings.group(), consumer);
    this.inFlight = inFlight;
    this.claimed = claimed;
  }

  /// At most so many entries, those already in flight among them; none after a while in which none
  /// came.
  ///
  /// @throws io.lettuce.core.RedisException when Redis is away, or refuses
  List<StreamMessage<String, byte[]>> next(int most) {
    var redis = link.connection().sync();
    try {
      if (!hasGroup) {
        makeGroup(redis);
      }
      if (!pendingFrom.equals(NONE)) {
        return pending(redis, most);
      }
      if (canClaim && System.nanoTime() - claimAt >= 0) {
        claim(redis, most);
      }
      return read(
          redis,
          XReadArgs.Builder.block(BLOCK).count(most),
          StreamOffset.lastConsumed(settings.stream()));
    } catch (RedisCommandExecutionException e) {
      if (!isOfTheGroup(e)) {
        throw e;
      }
      hasGroup = false;
      return List.of();
    }
  }

  /// The connection is of no use any more, and what was asked last may have been answered in vain.
  void drop() {
    link.drop();
    hasGroup = false;
    pendingFrom = BEGINNING;
  }

  /// The stream or the group went away: by FLUSHALL, DEL, or a failover to a server without them.
  private static boolean isOfTheGroup(RedisCommandExecutionException e) {
    var message = String.valueOf(e.getMessage());
    return message.startsWith("NOGROUP") || message.startsWith("UNBLOCKED");
  }

  private void makeGroup(RedisCommands<String, byte[]> redis) {
    try {
      redis.xgroupCreate(
          StreamOffset.from(settings.stream(), BEGINNING),
          settings.group(),
          XGroupCreateArgs.Builder.mkstream());
      LOG.info("made the group {} of {}", settings.group(), settings.stream());
    } catch (RedisCommandExecutionException e) {
      if (!String.valueOf(e.getMessage()).startsWith("BUSYGROUP")) {
        throw e;
      }
    }
    hasGroup = true;
  }

  private List<StreamMessage<String, byte[]>> pending(
      RedisCommands<String, byte[]> redis, int most) {
    var entries =
        read(
            redis,
            XReadArgs.Builder.count(most),
            StreamOffset.from(settings.stream(), pendingFrom));
    pendingFrom = entries.isEmpty() ? NONE : entries.getLast().getId();
    return entries;
  }

  // Unchecked: lettuce takes its one stream as varargs, and does not say that it only reads them.
  @SuppressWarnings("unchecked")
  private List<StreamMessage<String, byte[]>> read(
      RedisCommands<String, byte[]> redis, XReadArgs args, StreamOffset<String> offset) {
    return redis.xreadgroup(consumer, args, offset);
  }

  /// Makes entries ours that lie too long; they are read with our own.
  private void claim(RedisCommands<String, byte[]> redis, int most) {
    try {
      var found =
          redis.xautoclaim(
              settings.stream(),
              XAutoClaimArgs.Builder.justid(consumer, settings.claimAfter(), claimFrom)
                  .count(most));
      claimFrom = found.getId();
      var taken = found.getMessages().stream().filter(each -> !inFlight.has(each.getId())).toList();
      if (!taken.isEmpty()) {
        claimed.add(taken.size());
        pendingFrom = BEGINNING;
      }
      if (claimFrom.equals(BEGINNING)) {
        claimAt = System.nanoTime() + settings.claimAfter().dividedBy(2).toNanos();
      }
    } catch (RedisCommandExecutionException e) {
      if (!String.valueOf(e.getMessage()).contains("unknown command")) {
        throw e;
      }
      canClaim = false;
      LOG.warn("{} is older than 6.2: entries of lost nodes stay pending", settings);
    }
  }
}
