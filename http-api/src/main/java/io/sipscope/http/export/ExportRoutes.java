package io.sipscope.http.export;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.extractUri;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import io.sipscope.http.dialogs.DialogReader;
import io.sipscope.http.query.ChosenKeys;
import io.sipscope.http.query.Filters;
import io.sipscope.http.query.Parameters;
import io.sipscope.protocol.capture.Capture;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.http.javadsl.model.headers.ContentDisposition;
import org.apache.pekko.http.javadsl.model.headers.ContentDispositionTypes;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// Messages to take away, written as fast as they are read: `GET /api/dialogs/{call-id}/pcap` and
/// `GET /api/pcap` as a capture file, `.../hep` and `/api/hep` as HEP3 frames. `POST` takes the
/// dialogs of [ChosenKeys] rather than those that a search finds.
public final class ExportRoutes {
  private static final Set<String> ONE = Set.of("at");

  /// Dialogs chosen one by one. Their rows are in memory before the first byte is sent, so that
  /// the answer can still say that one of them is gone.
  static final int MAX_CHOSEN = 5_000;

  private final DialogReader reader;
  private final StoredCaptures captures;
  private final LongSupplier now;

  public ExportRoutes(DialogReader reader, StoredCaptures captures, LongSupplier now) {
    this.reader = reader;
    this.captures = captures;
    this.now = now;
  }

  /// @param name what its paths end with
  private record Format(
      String name,
      ContentType type,
      Function<Source<Capture, NotUsed>, Source<ByteString, NotUsed>> written,
      String extension) {
    static final Format PCAP =
        new Format(
            "pcap",
            MediaTypes.applicationBinary(
                    "x-pcapng", org.apache.pekko.http.javadsl.model.MediaTypes.NOT_COMPRESSIBLE)
                .toContentType(),
            PcapFile::of,
            ".pcapng");

    static final Format HEP =
        new Format("hep", ContentTypes.APPLICATION_OCTET_STREAM, HepStream::of, ".hep");
  }

  public Route route() {
    return concat(routes(Format.PCAP), routes(Format.HEP));
  }

  private Route routes(Format format) {
    return concat(
        path(
            segment("api").slash("dialogs").slash(segment()).slash(format.name()),
            callId -> get(() -> extractUri(uri -> completeWithFuture(one(callId, uri, format))))),
        path(
            segment("api").slash(format.name()),
            () ->
                concat(
                    get(() -> extractUri(uri -> all(uri, format))),
                    post(() -> extractUri(uri -> chosen(uri, format))))));
  }

  private CompletionStage<HttpResponse> one(String callId, Uri uri, Format format) {
    long at = Parameters.of(uri, ONE).time("at").orElse(Long.MAX_VALUE);
    return reader
        .row(callId, now.getAsLong())
        .thenApply(row -> file(callId, format, captures.dialog(row, at)));
  }

  private Route all(Uri uri, Format format) {
    var query = Filters.read(Parameters.of(uri, Filters.NAMES));
    return complete(file("sipscope", format, captures.search(query, now.getAsLong())));
  }

  private Route chosen(Uri uri, Format format) {
    Parameters.of(uri, Set.of());
    return ChosenKeys.read(
        MAX_CHOSEN,
        keys ->
            completeWithFuture(
                captures
                    .chosen(keys, now.getAsLong())
                    .thenApply(read -> file("sipscope", format, read))));
  }

  private static HttpResponse file(String name, Format format, Source<Capture, NotUsed> captures) {
    return HttpResponse.create()
        .addHeader(
            ContentDisposition.create(
                ContentDispositionTypes.ATTACHMENT,
                Map.of("filename", FileName.of(name, format.extension()))))
        .withEntity(HttpEntities.createChunked(format.type(), format.written().apply(captures)));
  }
}
