package io.sipscope.node.sources.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import redis.embedded.RedisServer;

/// A Redis of its own on a free port of loopback, which keeps what it has over a restart.
public final class TestRedis implements AutoCloseable {
  private final Path folder;
  private final int port;
  private RedisServer server;
  private RedisClient client;
  private StatefulRedisConnection<String, byte[]> connection;

  private TestRedis(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  public static TestRedis start(Path folder) throws IOException {
    var redis = stopped(folder);
    redis.start();
    return redis;
  }

  /// One that is not running yet.
  public static TestRedis stopped(Path folder) throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new TestRedis(folder, socket.getLocalPort());
    }
  }

  public void start() throws IOException {
    server =
        RedisServer.newRedisServer()
            .port(port)
            .bind("127.0.0.1")
            .setting("dir " + folder)
            .setting("appendonly yes")
            .setting("appendfsync always")
            .setting("save \"\"")
            .build();
    server.start();
    client = RedisClient.create(RedisURI.create(url()));
    connection = client.connect(RedisLink.CODEC);
  }

  public String url() {
    return "redis://127.0.0.1:" + port + "/0";
  }

  public RedisCommands<String, byte[]> commands() {
    return connection.sync();
  }

  public void stop() throws IOException {
    connection.close();
    client.shutdown();
    server.stop();
  }

  @Override
  public void close() throws IOException {
    if (server != null && server.isActive()) {
      stop();
    }
  }
}
