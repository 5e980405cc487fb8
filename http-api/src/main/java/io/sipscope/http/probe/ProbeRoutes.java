package io.sipscope.http.probe;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.path;

import java.util.Optional;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.server.Route;

/// `/alive`: this process answers. `/ready`: it takes traffic, or the reason why not yet.
public final class ProbeRoutes {
  private final Supplier<Optional<String>> unready;

  public ProbeRoutes(Supplier<Optional<String>> unready) {
    this.unready = unready;
  }

  public Route route() {
    return concat(
        path("alive", () -> get(() -> complete("alive\n"))), path("ready", () -> get(this::ready)));
  }

  private Route ready() {
    return unready
        .get()
        .<Route>map(reason -> complete(StatusCodes.SERVICE_UNAVAILABLE, reason + "\n"))
        .orElseGet(() -> complete("ready\n"));
  }
}
