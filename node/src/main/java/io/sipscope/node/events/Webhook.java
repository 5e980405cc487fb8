package io.sipscope.node.events;

import io.sipscope.persistence.events.Subscription.Era;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// One `POST` an event: the JSON-RPC notification that other subscribers get, signed. `2xx` is
/// taken; `4xx` is refused for good, but for 408 and 429.
///
/// | header | is |
/// | --- | --- |
/// | `X-Sipscope-Event` | the event's name |
/// | `X-Sipscope-Delivery` | the same when it is sent again, and never else |
/// | `X-Sipscope-Timestamp` | seconds since the epoch |
/// | `X-Sipscope-Signature` | `sha256=`, HMAC of the body |
/// | `X-Sipscope-Signature-Timestamp` | the same of the time, a full stop, the body |
final class Webhook implements Outlet {
  private static final int TIMED_OUT = 408;
  private static final int TOO_MANY = 429;

  private final HttpClient client;
  private final URI url;
  private final String secret;
  private final Duration timeout;
  private String delivery = "";

  /// @param secret empty: it is not signed
  Webhook(String url, String secret, Duration timeout) {
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .build();
    this.url = URI.create(url);
    this.secret = secret;
    this.timeout = timeout;
  }

  @Override
  public void tell(Era era, EventPayload event, int attempt) throws IOException {
    if (attempt == 0) {
      delivery = UUID.randomUUID().toString();
    }
    try {
      int status = client.send(request(event), BodyHandlers.discarding()).statusCode();
      if (status >= 400 && status < 500 && status != TIMED_OUT && status != TOO_MANY) {
        throw new Refused("answered with " + status);
      }
      if (status < 200 || status >= 300) {
        throw new IOException("answered with " + status + " (wanted: 2xx)");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException().initCause(e);
    }
  }

  private HttpRequest request(EventPayload event) {
    var body = event.in(EventForm.Notification.NAMED);
    var time = Long.toString(Instant.now().getEpochSecond());
    var request =
        HttpRequest.newBuilder(url)
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .header("User-Agent", "sipscope")
            .header("X-Sipscope-Event", event.name())
            .header("X-Sipscope-Delivery", delivery)
            .header("X-Sipscope-Timestamp", time)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (!secret.isEmpty()) {
      var stamp = (time + ".").getBytes(StandardCharsets.US_ASCII);
      request
          .header("X-Sipscope-Signature", Signature.of(secret, body))
          .header("X-Sipscope-Signature-Timestamp", Signature.of(secret, stamp, body));
    }
    return request.build();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
