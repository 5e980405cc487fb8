package io.sipscope.http.access;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;

import io.sipscope.http.HttpSettings;
import io.sipscope.http.Problem;
import io.sipscope.protocol.net.IpAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.HttpChallenge;
import org.apache.pekko.http.javadsl.model.headers.WWWAuthenticate;
import org.apache.pekko.http.javadsl.server.Route;

/// Stands before every route and lets in who may:
///
/// 1. Without keys, only a browser or program that names this machine: a page of some other site
///    whose name was pointed at 127.0.0.1 (DNS rebinding) names that site.
/// 2. Nothing that changes something may come from a page of another origin; GET does in the
///    management interface of OpenSIPS 2.x (`<img src="http://localhost:8888/json/kill">`).
/// 3. With keys, whoever shows one; the probes need none.
public final class Guard {
  private static final Set<String> PROBES = Set.of("/alive", "/ready");
  private static final Set<String> OTHER_SITES = Set.of("cross-site", "same-site");
  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethods.GET, HttpMethods.HEAD, HttpMethods.OPTIONS);

  /// Basic, so that a browser asks for the key and then sends it with an `EventSource` as well.
  private static final HttpHeader CHALLENGE =
      WWWAuthenticate.create(HttpChallenge.createBasic("sipscope"));

  private final List<ApiKey> keys;

  public Guard(HttpSettings settings) {
    this.keys = settings.apiKeys();
  }

  public Route before(Route inner) {
    return extractRequest(
        request -> refusal(request).<Route>map(response -> complete(response)).orElse(inner));
  }

  private Optional<HttpResponse> refusal(HttpRequest request) {
    if (keys.isEmpty() && !namesThisMachine(request.getUri().getHost().address())) {
      return Optional.of(
          Problem.of(
                  421,
                  "Host is \""
                      + request.getUri().getHost().address()
                      + "\" (without API keys only localhost and loopback addresses are served)")
              .response());
    }
    if (maySetSomething(request) && isOfOtherOrigin(request)) {
      return Optional.of(
          Problem.of(403, "The request comes from a page of another origin.").response());
    }
    if (!keys.isEmpty() && !PROBES.contains(request.getUri().path()) && !isOpened(request)) {
      return Optional.of(
          Problem.of(401, "An API key is needed: Authorization: Bearer KEY, X-API-Key, or Basic.")
              .response()
              .addHeader(CHALLENGE));
    }
    return Optional.empty();
  }

  private static boolean namesThisMachine(String host) {
    var name = host.toLowerCase(Locale.ROOT);
    return name.isEmpty() // no Host: no browser, and the server let it in
        || name.equals("localhost")
        || name.endsWith(".localhost") // RFC 6761 §6.3
        || IpAddress.parse(name).filter(Guard::isLoopback).isPresent();
  }

  private static boolean isLoopback(IpAddress address) {
    return address.v6()
        ? address.high() == 0 && address.low() == 1
        : address.low() >>> 24 == 127; // RFC 1122 §3.2.1.3
  }

  private static boolean maySetSomething(HttpRequest request) {
    var path = request.getUri().path();
    return !SAFE.contains(request.method()) || path.startsWith("/json") || path.startsWith("/xml");
  }

  /// Host and Origin leave out the port when it is the scheme's own, as the browser sees it, so
  /// they are equal behind a proxy that speaks TLS too. Where a browser sends no Origin, it still
  /// sends `Sec-Fetch-Site`, to loopback and over TLS (W3C Fetch Metadata §2.3).
  private static boolean isOfOtherOrigin(HttpRequest request) {
    var host = header(request, "Host").orElse("");
    if (header(request, "Sec-Fetch-Site").filter(OTHER_SITES::contains).isPresent()) {
      return true;
    }
    return header(request, "Origin")
        .filter(origin -> !origin.replaceFirst("^https?://", "").equalsIgnoreCase(host))
        .isPresent();
  }

  private boolean isOpened(HttpRequest request) {
    var shown = Shown.of(header(request, "Authorization"), header(request, "X-API-Key"));
    var digest = ApiKey.digest(shown.orElse(""));
    boolean opened = false;
    for (var key : keys) {
      opened |= key.opens(digest);
    }
    return opened && shown.isPresent();
  }

  private static Optional<String> header(HttpRequest request, String name) {
    return request.getHeader(name).map(HttpHeader::value);
  }
}
