package io.sipscope.http.page;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.getFromResource;
import static org.apache.pekko.http.javadsl.server.Directives.getFromResourceDirectory;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.reject;
import static org.apache.pekko.http.javadsl.server.Directives.respondWithHeader;

import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.server.Route;

/// The web UI and `/openapi.yaml`, from the class path. A browser that asks for a path the UI made
/// up itself gets the UI; a program gets 404.
public final class PageRoutes {
  /// The UI's own pages: their addresses are handed around, and are there for `curl` as well.
  private static final Pattern PAGES =
      Pattern.compile("/|/(dialogs|live|statistics|events|script|agents|trace|cluster)(/.*)?");

  /// RFC 9512.
  private static final ContentType YAML = ContentTypes.parse("application/yaml");

  private static final String INDEX = "ui/index.html";

  /// Names in `assets/` carry a hash of their content.
  private static final HttpHeader FOR_EVER =
      RawHeader.create("Cache-Control", "public, max-age=31536000, immutable");

  private static final HttpHeader ASK_FIRST = RawHeader.create("Cache-Control", "no-cache");

  public Route route() {
    return extractRequest(request -> isApi(request) ? reject() : files());
  }

  private static boolean isApi(HttpRequest request) {
    var path = request.getUri().path();
    return path.equals("/api") || path.startsWith("/api/");
  }

  private static Route files() {
    return get(
        () ->
            concat(
                path("openapi.yaml", () -> getFromResource("openapi.yaml", YAML)),
                pathPrefix(
                    "assets",
                    () -> respondWithHeader(FOR_EVER, () -> getFromResourceDirectory("ui/assets"))),
                respondWithHeader(ASK_FIRST, () -> getFromResourceDirectory("ui")),
                extractRequest(PageRoutes::index)));
  }

  private static Route index(HttpRequest request) {
    var path = request.getUri().path();
    boolean page =
        PAGES.matcher(path).matches()
            || (request
                    .getHeader("Accept")
                    .filter(header -> header.value().contains("text/html"))
                    .isPresent()
                && !path.startsWith("/assets/"));
    if (!page) {
      return reject();
    }
    if (PageRoutes.class.getClassLoader().getResource(INDEX) == null) {
      return complete(StatusCodes.NOT_FOUND, "This build has no web UI; the API is at /api.\n");
    }
    return respondWithHeader(ASK_FIRST, () -> getFromResource(INDEX));
  }
}
