package io.sipscope.node.otel;

import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;

/// One collector of OpenTelemetry, asked by one thread, which waits for the answer. Requests are
/// sent, and repeated for as long as one may take, by opentelemetry's own sender: its exporter does
/// not tell a refusal from what is to be tried again later.
final class Collector implements AutoCloseable {
  private static final int OK_UNTIL = 300;

  private final HttpSender sender;
  private final LongAdder repeated;

  /// What became of a request.
  sealed interface Outcome {
    record Taken() implements Outcome {}

    /// It may be repeated.
    record Again(String why) implements Outcome {}

    /// It is of no use to repeat it.
    record Refused(String why) implements Outcome {}
  }

  /// @param repeated counts what the collector was sent again
  Collector(OtlpSettings settings, URI endpoint, LongAdder repeated) {
    this.repeated = repeated;
    sender =
        ServiceLoader.load(HttpSenderProvider.class)
            .findFirst()
            .orElseThrow()
            .createSender(new CollectorRequests(settings, endpoint));
  }

  Outcome send(MessageWriter body) throws InterruptedException {
    var outcome = new CompletableFuture<Outcome>();
    sender.send(
        new Counted(body, repeated),
        response -> outcome.complete(outcome(response)),
        failure -> outcome.complete(new Outcome.Again(failure.toString())));
    try {
      return outcome.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("it is never completed by a failure", e);
    }
  }

  /// As OTLP says: these four ask for a repetition, all else that is no success is final.
  private static Outcome outcome(HttpResponse response) {
    int status = response.getStatusCode();
    return switch (status) {
      case 429, 502, 503, 504 -> new Outcome.Again("status " + status);
      default ->
          status >= 200 && status < OK_UNTIL
              ? new Outcome.Taken()
              : new Outcome.Refused("status " + status);
    };
  }

  /// The sender does not tell how often it repeated a request, but writes its body each time.
  private static final class Counted implements MessageWriter {
    private final MessageWriter body;
    private final LongAdder repeated;
    private boolean isWritten;

    Counted(MessageWriter body, LongAdder repeated) {
      this.body = body;
      this.repeated = repeated;
    }

    @Override
    public void writeMessage(OutputStream out) throws IOException {
      if (isWritten) {
        repeated.increment();
      }
      isWritten = true;
      body.writeMessage(out);
    }

    @Override
    public int getContentLength() {
      return body.getContentLength();
    }
  }

  @Override
  public void close() {
    sender.shutdown();
  }
}
