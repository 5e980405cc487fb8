package io.sipscope.http.export;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.extractUri;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import io.sipscope.http.dialogs.DialogReader;
import io.sipscope.http.query.Filters;
import io.sipscope.http.query.Parameters;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.http.javadsl.model.headers.ContentDisposition;
import org.apache.pekko.http.javadsl.model.headers.ContentDispositionTypes;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// `GET /api/dialogs/{call-id}/pcap` and `GET /api/pcap`: messages as a capture file, written as
/// fast as it is read.
public final class PcapRoutes {
  private static final ContentType PCAPNG =
      MediaTypes.applicationBinary(
              "x-pcapng", org.apache.pekko.http.javadsl.model.MediaTypes.NOT_COMPRESSIBLE)
          .toContentType();

  private static final Set<String> ONE = Set.of("at");

  private final DialogReader reader;
  private final PcapExport export;
  private final LongSupplier now;

  public PcapRoutes(DialogReader reader, PcapExport export, LongSupplier now) {
    this.reader = reader;
    this.export = export;
    this.now = now;
  }

  public Route route() {
    return concat(
        path(
            segment("api").slash("dialogs").slash(segment()).slash("pcap"),
            callId -> get(() -> extractUri(uri -> completeWithFuture(one(callId, uri))))),
        path(segment("api").slash("pcap"), () -> get(() -> extractUri(this::all))));
  }

  private CompletionStage<HttpResponse> one(String callId, Uri uri) {
    long at = Parameters.of(uri, ONE).time("at").orElse(Long.MAX_VALUE);
    return reader
        .row(callId, now.getAsLong())
        .thenApply(row -> file(callId, export.dialog(row, at)));
  }

  private Route all(Uri uri) {
    var query = Filters.read(Parameters.of(uri, Filters.NAMES));
    return complete(file("sipscope", export.search(query, now.getAsLong())));
  }

  private static HttpResponse file(String name, Source<ByteString, NotUsed> content) {
    return HttpResponse.create()
        .addHeader(
            ContentDisposition.create(
                ContentDispositionTypes.ATTACHMENT,
                Map.of("filename", FileName.of(name, ".pcapng"))))
        .withEntity(HttpEntities.createChunked(PCAPNG, content));
  }
}
