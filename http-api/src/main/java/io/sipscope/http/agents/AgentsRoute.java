package io.sipscope.http.agents;

import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import io.sipscope.http.Asking;
import io.sipscope.http.json.Json;
import io.sipscope.http.query.PlainGet;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.server.Route;

/// `GET /api/agents`: who sends HEP and what became of it, where else captures are fetched from,
/// and who was not let in; of all nodes.
public final class AgentsRoute {
  private final Supplier<CompletionStage<ClusterReport>> agents;
  private final Asking asking;

  public AgentsRoute(Supplier<CompletionStage<ClusterReport>> agents, Asking asking) {
    this.agents = agents;
    this.asking = asking;
  }

  public Route route() {
    return PlainGet.of(
        segment("api").slash("agents"),
        () -> asking.within(agents.get()).thenApply(report -> Json.ok(AgentsJson.of(report))));
  }
}
