package io.sipscope.node.otel;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// One collector of OpenTelemetry, asked by one thread, which waits for the answer.
final class Collector {
  private static final int OK_UNTIL = 300;

  /// Its answers say nothing that is read; longer ones are cut off by what they take.
  private static final int MOST_RETRY_AFTER_DIGITS = 6;

  private final OtlpSettings settings;
  private final URI endpoint;
  private final HttpClient client;

  /// What became of a request.
  sealed interface Outcome {
    record Taken() implements Outcome {}

    /// It may be repeated.
    ///
    /// @param after when it asks for that; empty when it does not say
    record Again(String why, Optional<Duration> after) implements Outcome {}

    /// It is of no use to repeat it.
    record Refused(String why) implements Outcome {}
  }

  Collector(OtlpSettings settings, URI endpoint) {
    this.settings = settings;
    this.endpoint = endpoint;
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.timeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  Outcome send(byte[] body) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(endpoint)
            .timeout(settings.timeout())
            .header("Content-Type", settings.json() ? "application/json" : "application/x-protobuf")
            .POST(BodyPublishers.ofByteArray(body));
    settings.headers().forEach(request::setHeader);
    try {
      return outcome(client.send(request.build(), BodyHandlers.discarding()), Instant.now());
    } catch (IOException e) {
      return new Outcome.Again(e.toString(), Optional.empty());
    }
  }

  /// As OTLP says: these four ask for a repetition, all else that is no success is final.
  private static Outcome outcome(HttpResponse<?> response, Instant now) {
    int status = response.statusCode();
    return switch (status) {
      case 429, 502, 503, 504 ->
          new Outcome.Again(
              "status " + status,
              response.headers().firstValue("Retry-After").flatMap(text -> after(text, now)));
      default ->
          status >= 200 && status < OK_UNTIL
              ? new Outcome.Taken()
              : new Outcome.Refused("status " + status);
    };
  }

  /// Seconds, or a date (RFC 9110 §10.2.3).
  static Optional<Duration> after(String text, Instant now) {
    var stripped = text.strip();
    if (!stripped.isEmpty() && stripped.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return stripped.length() > MOST_RETRY_AFTER_DIGITS
          ? Optional.empty()
          : Optional.of(Duration.ofSeconds(Long.parseLong(stripped)));
    }
    try {
      var at = ZonedDateTime.parse(stripped, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  void close() {
    client.shutdownNow();
  }
}
