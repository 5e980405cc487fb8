package io.sipscope.node.otel;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.ProxyOptions;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;

/// How requests go to a collector, for opentelemetry's sender. `null` is its usual.
record CollectorRequests(OtlpSettings settings, URI getEndpoint) implements HttpSenderConfig {
  /// The most it takes.
  private static final int MOST_ATTEMPTS = 5;

  private static final double LONGER = 2;

  @Override
  public String getContentType() {
    return settings.json() ? "application/json" : "application/x-protobuf";
  }

  @Override
  public Compressor getCompressor() {
    return settings.gzip() ? new Gzip() : null;
  }

  private record Gzip() implements Compressor {
    @Override
    public String getEncoding() {
      return "gzip";
    }

    @Override
    public OutputStream compress(OutputStream out) throws IOException {
      return new GZIPOutputStream(out);
    }
  }

  /// Of a request with its repetitions.
  @Override
  public Duration getTimeout() {
    return settings.timeout();
  }

  @Override
  public Duration getConnectTimeout() {
    return settings.timeout();
  }

  @Override
  public Supplier<Map<String, List<String>>> getHeadersSupplier() {
    var headers =
        settings.headers().entrySet().stream()
            .collect(toUnmodifiableMap(Map.Entry::getKey, header -> List.of(header.getValue())));
    return () -> headers;
  }

  /// After so long, or when the collector says (`Retry-After`).
  @Override
  public RetryPolicy getRetryPolicy() {
    return RetryPolicy.builder()
        .setMaxAttempts(MOST_ATTEMPTS)
        .setInitialBackoff(settings.retryFirst())
        .setMaxBackoff(settings.retryLongest())
        .setBackoffMultiplier(LONGER)
        .build();
  }

  @Override
  public ProxyOptions getProxyOptions() {
    return null;
  }

  @Override
  public SSLContext getSslContext() {
    return null;
  }

  @Override
  public X509TrustManager getTrustManager() {
    return null;
  }

  @Override
  public ExecutorService getExecutorService() {
    return null;
  }
}
