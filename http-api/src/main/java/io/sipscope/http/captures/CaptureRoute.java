package io.sipscope.http.captures;

import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.decodeRequest;
import static org.apache.pekko.http.javadsl.server.Directives.extractDataBytes;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequestEntity;
import static org.apache.pekko.http.javadsl.server.Directives.extractUri;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.Directives.withoutRequestTimeout;
import static org.apache.pekko.http.javadsl.server.Directives.withoutSizeLimit;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import io.sipscope.http.Problem;
import io.sipscope.http.json.Json;
import io.sipscope.http.query.Parameters;
import java.util.Set;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// `POST /api/captures`: the body is one capture file of any size, read as fast as it can be
/// stored. The answer comes after the last message is persisted.
public final class CaptureRoute {
  private static final Problem FORM =
      Problem.of(
          415, "The body is a form (send the file itself as the body: curl --data-binary @FILE).");

  private final CaptureImport imports;

  public CaptureRoute(CaptureImport imports) {
    this.imports = imports;
  }

  public Route route() {
    return path(
        segment("api").slash("captures"),
        () -> post(() -> withoutRequestTimeout(() -> withoutSizeLimit(this::decoded))));
  }

  /// Decoding sets a size limit of its own; it is lifted again behind it.
  private Route decoded() {
    return extractRequestEntity(
        entity -> {
          if (entity.getContentType().mediaType().isMultipart()) {
            throw FORM.refused();
          }
          return decodeRequest(() -> withoutSizeLimit(() -> extractDataBytes(this::imported)));
        });
  }

  private Route imported(Source<ByteString, Object> body) {
    return extractUri(
        uri -> {
          Parameters.of(uri, Set.of());
          return completeWithFuture(imports.importCapture(body).thenApply(Json::ok));
        });
  }
}
