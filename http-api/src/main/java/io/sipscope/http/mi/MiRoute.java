package io.sipscope.http.mi;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;

import java.util.Set;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.Connection;
import org.apache.pekko.http.javadsl.server.Route;

/// `POST /mi`: management commands as JSON-RPC 2.0, as OpenSIPS 3.x answers them, errors included:
/// 200 for every answer, 202 for a notification, 405 for GET, 406 for other methods. What follows
/// `/mi/` does not matter. The route translates and decides nothing.
public final class MiRoute {
  /// What mi_http takes a body as, and what a body is sent as by who says nothing of it: Pekko's
  /// two names for no type, and `curl -d`. It breaks the connection over any other; we say why.
  private static final Set<String> READABLE =
      Set.of(
          "application/json",
          "text/xml",
          "text/html",
          "application/octet-stream",
          "none/none",
          "application/x-www-form-urlencoded");

  private final MiJsonRpc rpc;

  public MiRoute(MiRegistry registry) {
    this.rpc = new MiJsonRpc(registry);
  }

  public Route route() {
    return MiHttp.under("mi", (request, _) -> byMethod(request));
  }

  private Route byMethod(HttpRequest request) {
    return switch (request.method().value()) {
      case "POST" -> isReadable(request) ? MiHttp.body(this::byBody) : complete(unreadable());
      case "GET" -> complete(MiHttp.json(StatusCodes.METHOD_NOT_ALLOWED, ""));
      default -> complete(MiHttp.unsupported());
    };
  }

  private Route byBody(byte[] body) {
    return body.length == 0
        ? complete(MiHttp.json(StatusCodes.BAD_REQUEST, ""))
        : completeWithFuture(rpc.answer(body).thenApply(MiRoute::response));
  }

  private static boolean isReadable(HttpRequest request) {
    var type = request.entity().getContentType().mediaType();
    return READABLE.contains(type.mainType() + "/" + type.subType());
  }

  private static HttpResponse unreadable() {
    return HttpResponse.create()
        .withStatus(StatusCodes.UNSUPPORTED_MEDIA_TYPE)
        .addHeader(Connection.create("close"));
  }

  private static HttpResponse response(MiJsonRpc.Answer answer) {
    return switch (answer) {
      case MiJsonRpc.Answer.Reply(var json) -> MiHttp.json(StatusCodes.OK, json);
      case MiJsonRpc.Answer.Unreadable(var json) -> MiHttp.json(StatusCodes.OK, json);
      case MiJsonRpc.Answer.Silence _ -> MiHttp.json(StatusCodes.ACCEPTED, "");
      case MiJsonRpc.Answer.Unanswerable _ -> MiHttp.json(StatusCodes.INTERNAL_SERVER_ERROR, "");
    };
  }
}
