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
  private final HttpRequest.Builder request;

  HttpWire(String host, int port, Duration timeout) {
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .build();
    var shown = host.indexOf(':') < 0 ? host : "[" + host + "]";
    request =
        HttpRequest.newBuilder(URI.create("http://" + shown + ":" + port + "/RPC2"))
            .timeout(timeout)
            .header("Content-Type", "text/xml");
  }

  @Override
  public void send(byte[] payload) throws IOException {
    try {
      var answer =
          client.send(
              request.copy().POST(HttpRequest.BodyPublishers.ofByteArray(payload)).build(),
              HttpResponse.BodyHandlers.discarding());
      if (answer.statusCode() >= 300) {
        throw new IOException("answered with " + answer.statusCode() + " (wanted: 200)");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException().initCause(e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
