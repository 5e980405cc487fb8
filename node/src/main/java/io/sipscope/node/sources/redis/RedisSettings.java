package io.sipscope.node.sources.redis;

import io.lettuce.core.RedisURI;
import io.sipscope.node.BadSetting;
import io.sipscope.node.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/// @param url where Redis is, with user, password and database; empty = off
/// @param channel whose messages are taken; empty = none
/// @param stream whose entries are taken; empty = none
/// @param group of consumers that share the stream
/// @param consumer this node's name in it; empty = its address in the cluster
/// @param batch entries asked for at once
/// @param inFlight the most entries that were read and are not acknowledged yet
/// @param claimAfter how long an entry of another consumer lies before this node takes it over
/// @param queue the most messages of the channel that wait to be read
/// @param queueBytes the most bytes of them
/// @param deadLetters the key of the stream that keeps what could not be read
/// @param mostDeadLetters how many of them
/// @param publish the channel that what is stored is published to; empty = none
/// @param publishQueue the most messages that wait to be published
/// @param trust a file of certificates in PEM for `rediss:`; empty = what the JVM trusts
/// @param self names this process among those that publish
public record RedisSettings(
    String url,
    String channel,
    String stream,
    String group,
    String consumer,
    int batch,
    int inFlight,
    Duration claimAfter,
    int queue,
    long queueBytes,
    String deadLetters,
    int mostDeadLetters,
    String publish,
    int publishQueue,
    String trust,
    String self) {
  private static final String URL = "sipscope.redis.url";
  private static final String TRUST = "sipscope.redis.tls.trust";
  private static final int MOST = 1_000_000;

  public static RedisSettings from(Setting setting) {
    var settings =
        new RedisSettings(
            setting.text(URL).strip(),
            setting.text("sipscope.redis.channel"),
            setting.text("sipscope.redis.stream"),
            setting.text("sipscope.redis.group"),
            setting.text("sipscope.redis.consumer"),
            setting.count("sipscope.redis.batch", 1, 10_000),
            setting.count("sipscope.redis.in-flight", 1, MOST),
            setting.duration(
                "sipscope.redis.claim-after", Duration.ofMillis(100), Duration.ofDays(1)),
            setting.count("sipscope.redis.queue", 1, MOST),
            setting.bytes("sipscope.redis.queue-bytes", 1 << 16, Long.MAX_VALUE),
            setting.text("sipscope.redis.dead-letters.key"),
            setting.count("sipscope.redis.dead-letters.most", 1, MOST),
            setting.text("sipscope.redis.publish.channel"),
            setting.count("sipscope.redis.publish.queue", 1, MOST),
            setting.text(TRUST),
            UUID.randomUUID().toString());
    settings.check();
    return settings;
  }

  private void check() {
    if (!isOn()) {
      if (!publish.isEmpty()) {
        throw new BadSetting(URL, "", "set where sipscope.redis.publish.channel is");
      }
      return;
    }
    if (group.isBlank()) {
      throw new BadSetting("sipscope.redis.group", group, "the name of a group of consumers");
    }
    if (!trust.isEmpty() && !Files.isReadable(Path.of(trust))) {
      throw new BadSetting(TRUST, trust, "a readable file of certificates in PEM");
    }
    uri();
  }

  public boolean isOn() {
    return !url.isEmpty();
  }

  /// Never shown: it holds the password.
  RedisURI uri() {
    try {
      return RedisURI.create(url);
    } catch (IllegalArgumentException _) {
      throw new BadSetting(
          URL, "***", "a URL such as redis://user:password@192.0.2.1:6379/0, or rediss://");
    }
  }

  /// Where unreadable messages are kept.
  String deadLetterKey() {
    return !deadLetters.isEmpty() ? deadLetters : (stream.isEmpty() ? channel : stream) + ":dead";
  }

  /// Says where, never the password.
  @Override
  public String toString() {
    return isOn() ? "Redis at " + RedisLink.shown(uri()) : "no Redis";
  }
}
