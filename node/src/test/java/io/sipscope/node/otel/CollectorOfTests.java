package io.sipscope.node.otel;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.sipscope.protocol.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/// A collector on a real socket that reads what it is sent by opentelemetry's own classes.
public final class CollectorOfTests implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 30;

  /// @param type its Content-Type
  /// @param encoding its Content-Encoding, undone in the body; null without one
  /// @param authorization the header of that name
  public record Received(
      String path, String type, String encoding, String authorization, long nanos, Bytes body) {

    public ExportTraceServiceRequest protobuf() throws IOException {
      return ExportTraceServiceRequest.parseFrom(body.toArray());
    }

    public List<Span> spans() throws IOException {
      return protobuf().getResourceSpans(0).getScopeSpans(0).getSpansList();
    }
  }

  /// What it says next, once each; then 200.
  public record Says(int status, String retryAfter, long delayMillis) {}

  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final ConcurrentLinkedQueue<Says> says = new ConcurrentLinkedQueue<>();
  private final HttpServer server;

  public CollectorOfTests() throws IOException {
    this(0);
  }

  public CollectorOfTests(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::answer);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  public void says(Says... next) {
    says.addAll(List.of(next));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = exchange.getRequestHeaders();
      var encoding = headers.getFirst("Content-Encoding");
      var sent = exchange.getRequestBody();
      var body = ("gzip".equals(encoding) ? new GZIPInputStream(sent) : sent).readAllBytes();
      var next = says.poll();
      received.add(
          new Received(
              exchange.getRequestURI().getPath(),
              headers.getFirst("Content-Type"),
              encoding,
              headers.getFirst("Authorization"),
              System.nanoTime(),
              Bytes.of(body)));
      if (next == null) {
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      TimeUnit.MILLISECONDS.sleep(next.delayMillis());
      if (!next.retryAfter().isEmpty()) {
        exchange.getResponseHeaders().add("Retry-After", next.retryAfter());
      }
      exchange.sendResponseHeaders(next.status(), -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public Received next() throws InterruptedException {
    var next = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing came");
    }
    return next;
  }

  public int waiting() {
    return received.size();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
