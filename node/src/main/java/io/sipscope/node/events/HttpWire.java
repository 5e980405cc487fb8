package io.sipscope.node.events;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// One `POST /RPC2` an event.
final class HttpWire implements Wire {
  private final HttpClient client;
  private final String url;
  private final Duration timeout;

  HttpWire(String host, int port, Duration timeout) {
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .build();
    var shown = host.indexOf(':') < 0 ? host : "[" + host + "]";
    url = "http://" + shown + ":" + port + "/RPC2";
    this.timeout = timeout;
  }

  @Override
  public void send(byte[] payload) throws IOException {
    try {
      var answer = client.send(request(payload), HttpResponse.BodyHandlers.discarding());
      if (answer.statusCode() >= 300) {
        throw new IOException("answered with " + answer.statusCode() + " (wanted: 2xx)");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException().initCause(e);
    }
  }

  /// Not every name of the DNS may stand in a URL.
  private HttpRequest request(byte[] payload) throws IOException {
    try {
      return HttpRequest.newBuilder(URI.create(url))
          .timeout(timeout)
          .header("Content-Type", "text/xml")
          .POST(HttpRequest.BodyPublishers.ofByteArray(payload))
          .build();
    } catch (IllegalArgumentException e) {
      throw new IOException(url + " is no URL", e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
