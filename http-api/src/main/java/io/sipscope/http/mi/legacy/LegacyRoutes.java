package io.sipscope.http.mi.legacy;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.concat;

import io.sipscope.http.mi.MiHttp;
import io.sipscope.http.mi.MiLegacy;
import io.sipscope.http.mi.MiRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.server.Route;

/// `GET /json/COMMAND?params=a,b`: the management interface of OpenSIPS 2.x, to the byte. Errors
/// come with status 200 too. `GET /xml/COMMAND?params=a,b` is the same as XML.
public final class LegacyRoutes {
  private static final String PARAMS = "params=";
  private static final MiLegacy.Reply NO_COMMAND =
      new MiLegacy.Reply.Fault(500, "Internal server error");
  private static final MiLegacy.Reply UNKNOWN = new MiLegacy.Reply.Fault(500, "Command not found");
  private static final MiLegacy.Reply NOT_BY_POST =
      new MiLegacy.Reply.Fault(406, "Unexpected method");

  private final LegacyCalls calls;

  public LegacyRoutes(MiRegistry registry) {
    this.calls = new LegacyCalls(registry);
  }

  public Route route() {
    return concat(
        under("json", reply -> MiHttp.json(StatusCodes.OK, TreeJson.of(reply))),
        under("xml", reply -> MiHttp.xml(TreeXml.of(reply))));
  }

  private Route under(String root, Function<MiLegacy.Reply, HttpResponse> written) {
    return MiHttp.under(
        root,
        (request, command) ->
            switch (request.method().value()) {
              case "GET" -> completeWithFuture(reply(command, request).thenApply(written));
              case "POST" -> MiHttp.body(_ -> complete(written.apply(NOT_BY_POST)));
              default -> complete(MiHttp.unsupported());
            });
  }

  private CompletionStage<MiLegacy.Reply> reply(String command, HttpRequest request) {
    var texts = texts(request.getUri().rawQueryString().orElse(""));
    return command.isEmpty()
        ? CompletableFuture.completedStage(NO_COMMAND)
        : calls
            .call(Percent.decoded(command, false), texts)
            .orElseGet(() -> CompletableFuture.completedStage(UNKNOWN));
  }

  /// `a` and `b` of `params=a,b`.
  private static List<String> texts(String query) {
    for (var parameter : query.split("&", -1)) {
      if (parameter.startsWith(PARAMS) && parameter.length() > PARAMS.length()) {
        return List.of(Percent.decoded(parameter.substring(PARAMS.length()), true).split(",", -1));
      }
    }
    return List.of();
  }
}
