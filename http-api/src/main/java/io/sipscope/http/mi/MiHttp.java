package io.sipscope.http.mi;

import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.extractStrictEntity;
import static org.apache.pekko.http.javadsl.server.Directives.extractUnmatchedPath;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.reject;
import static org.apache.pekko.http.javadsl.server.Directives.withSizeLimit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.server.Route;

/// What the management interface's ways over HTTP share: OpenSIPS's httpd.
public final class MiHttp {
  /// A command is some hundred bytes.
  private static final long MAX_REQUEST_BYTES = 1 << 20;

  /// A request this short comes in one piece or not at all.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Set<String> ROOTS = Set.of("mi", "json", "xml", "RPC2");

  private static final ContentType HTML = MediaTypes.TEXT_HTML.toContentTypeWithMissingCharset();

  private static final String UNSUPPORTED = "<html><body>Unsupported HTTP request!</body></html>";

  private MiHttp() {}

  /// HEAD is answered wherever GET is (RFC 9110 §9.1), but for the management interface, where
  /// OpenSIPS refuses it.
  public static HttpRequest headAsGet(HttpRequest request) {
    if (!request.method().equals(HttpMethods.HEAD)) {
      return request;
    }
    var path = request.getUri().path();
    int end = path.indexOf('/', 1);
    var root = path.isEmpty() ? "" : path.substring(1, end < 0 ? path.length() : end);
    return ROOTS.contains(root) ? request : request.withMethod(HttpMethods.GET);
  }

  /// @param inner given the request and the path after the root, without its slash
  public static Route under(String root, BiFunction<HttpRequest, String, Route> inner) {
    return pathPrefix(
        root,
        () ->
            extractUnmatchedPath(
                rest ->
                    rest.isEmpty() || rest.startsWith("/")
                        ? extractRequest(
                            request ->
                                inner.apply(request, rest.isEmpty() ? "" : rest.substring(1)))
                        : reject()));
  }

  public static Route body(Function<byte[], Route> inner) {
    return withSizeLimit(
        MAX_REQUEST_BYTES,
        () -> extractStrictEntity(PATIENCE, entity -> inner.apply(entity.getData().toArray())));
  }

  public static HttpResponse json(StatusCode status, String json) {
    return HttpResponse.create()
        .withStatus(status)
        .withEntity(
            HttpEntities.create(
                ContentTypes.APPLICATION_JSON, json.getBytes(StandardCharsets.UTF_8)));
  }

  public static HttpResponse xml(String xml) {
    return HttpResponse.create().withEntity(ContentTypes.TEXT_XML_UTF8, xml);
  }

  /// What httpd answers to methods it has never heard of.
  public static HttpResponse unsupported() {
    return HttpResponse.create()
        .withStatus(StatusCodes.NOT_ACCEPTABLE)
        .withEntity(HttpEntities.create(HTML, UNSUPPORTED.getBytes(StandardCharsets.UTF_8)));
  }
}
