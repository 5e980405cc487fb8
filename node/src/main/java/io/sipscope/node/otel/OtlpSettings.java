package io.sipscope.node.otel;

import com.typesafe.config.ConfigException;
import io.sipscope.node.BadSetting;
import io.sipscope.node.Setting;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// `sipscope.otlp`, checked.
///
/// @param endpoint where traces are posted; empty = off
/// @param json whether they are JSON; else Protocol Buffers
/// @param gzip whether they are compressed
/// @param settle how long a call that has ended is waited for more of it
/// @param waiting the most calls that wait for that
/// @param queue the most traces that wait for the collector
/// @param batch the most traces of one request
public record OtlpSettings(
    Optional<URI> endpoint,
    Map<String, String> headers,
    boolean json,
    boolean gzip,
    String serviceName,
    Duration settle,
    int waiting,
    int queue,
    int batch,
    Duration timeout,
    Duration retryFirst,
    Duration retryLongest,
    Duration giveUp) {
  private static final String KEY = "sipscope.otlp.";
  private static final String ENDPOINT = KEY + "endpoint";
  private static final String HEADERS = KEY + "headers";
  private static final String ENCODING = KEY + "encoding";
  private static final String COMPRESSION = KEY + "compression";

  /// Where the protocol has traces when only a host is given.
  private static final String USUAL_PATH = "/v1/traces";

  private static final String WANTED_HEADERS =
      "an object of names and texts, such as {authorization = \"Bearer ...\"}";

  public OtlpSettings {
    headers = Map.copyOf(headers);
  }

  public static OtlpSettings from(Setting setting) {
    return new OtlpSettings(
        endpoint(setting.text(ENDPOINT).strip()),
        headers(setting),
        isJson(setting.text(ENCODING)),
        isGzip(setting.text(COMPRESSION)),
        setting.text(KEY + "service-name"),
        duration(setting, "settle", Duration.ofMillis(10), Duration.ofHours(1)),
        setting.count(KEY + "waiting", 1, 1_000_000),
        setting.count(KEY + "queue", 1, 1_000_000),
        setting.count(KEY + "batch", 1, 10_000),
        duration(setting, "timeout", Duration.ofMillis(100), Duration.ofMinutes(5)),
        duration(setting, "retry-first", Duration.ofMillis(10), Duration.ofMinutes(5)),
        duration(setting, "retry-longest", Duration.ofMillis(10), Duration.ofHours(1)),
        duration(setting, "give-up", Duration.ofMillis(100), Duration.ofHours(24)));
  }

  private static Duration duration(Setting setting, String name, Duration least, Duration most) {
    return setting.duration(KEY + name, least, most);
  }

  private static Optional<URI> endpoint(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      var uri = new URI(text);
      boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (!isHttp || uri.getHost() == null) {
        throw badEndpoint(text);
      }
      boolean hasPath = !uri.getRawPath().isEmpty() && !uri.getRawPath().equals("/");
      return Optional.of(hasPath ? uri : uri.resolve(USUAL_PATH));
    } catch (URISyntaxException e) {
      throw badEndpoint(text);
    }
  }

  private static BadSetting badEndpoint(String text) {
    return new BadSetting(ENDPOINT, text, "a URL such as http://127.0.0.1:4318, or empty");
  }

  private static boolean isJson(String encoding) {
    return switch (encoding) {
      case "protobuf" -> false;
      case "json" -> true;
      default -> throw new BadSetting(ENCODING, encoding, "protobuf or json");
    };
  }

  private static boolean isGzip(String compression) {
    return switch (compression) {
      case "none" -> false;
      case "gzip" -> true;
      default -> throw new BadSetting(COMPRESSION, compression, "none or gzip");
    };
  }

  /// A value is never named in a complaint: it may be a secret.
  private static Map<String, String> headers(Setting setting) {
    try {
      var headers = new HashMap<String, String>();
      var config = setting.config().getConfig(HEADERS);
      for (var name : config.root().keySet()) {
        headers.put(name, String.valueOf(config.root().get(name).unwrapped()));
      }
      headers.forEach(HttpRequest.newBuilder()::header);
      return headers;
    } catch (ConfigException | IllegalArgumentException e) {
      throw new BadSetting(HEADERS, "not readable", WANTED_HEADERS);
    }
  }

  /// Without the headers, which may be secrets.
  @Override
  public String toString() {
    return "OTLP to " + endpoint.map(URI::toString).orElse("nobody");
  }
}
