package io.sipscope.node.sources.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.DefaultClientResources;
import java.io.File;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// One connection to Redis, opened when it is needed, for one thread. Nothing is repeated behind
/// our back when it breaks: an answer that was lost would be lost for good. Whoever uses it drops
/// it, and asks again after a pause.
final class RedisLink {
  /// Names as text, values as the bytes they are.
  static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

  /// How long Redis may take to answer, or to be reached, before the connection counts as broken.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// Threads that wait for the network: one a connection would do, and there are four at most.
  private static final int THREADS = 2;

  private final RedisClient client;
  private StatefulRedisConnection<String, byte[]> open;

  RedisLink(RedisClient client) {
    this.client = client;
  }

  /// A client of its own threads; it is shut down with [#close].
  static RedisClient client(RedisSettings settings) {
    var uri = settings.uri();
    uri.setTimeout(PATIENCE);
    var client =
        RedisClient.create(
            DefaultClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .build(),
            uri);
    var options =
        ClientOptions.builder()
            .autoReconnect(false)
            .socketOptions(
                SocketOptions.builder()
                    .connectTimeout(PATIENCE)
                    .keepAlive(
                        SocketOptions.KeepAliveOptions.builder()
                            .enable()
                            .idle(PATIENCE)
                            .interval(PATIENCE.dividedBy(2))
                            .count(3)
                            .build())
                    .build());
    if (!settings.trust().isEmpty()) {
      options.sslOptions(
          SslOptions.builder().jdkSslProvider().trustManager(new File(settings.trust())).build());
    }
    client.setOptions(options.build());
    return client;
  }

  /// Ends all connections.
  static void close(RedisClient client) {
    client.shutdown();
    client.getResources().shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  /// `host:port/database`.
  static String shown(RedisURI uri) {
    var socket = uri.getSocket();
    return (socket == null ? uri.getHost() + ":" + uri.getPort() : socket)
        + '/'
        + uri.getDatabase();
  }

  /// The reason of a failure, one line, for people: the last cause says it best.
  static String reason(Throwable failure) {
    var cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    var message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }

  /// @throws io.lettuce.core.RedisException when it cannot be reached
  StatefulRedisConnection<String, byte[]> connection() {
    if (open == null || !open.isOpen()) {
      open = client.connect(CODEC);
    }
    return open;
  }

  void drop() {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
