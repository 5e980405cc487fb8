package io.sipscope.http;

import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.mapResponse;

import io.sipscope.http.mi.core.ProcessProfiling;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/// Tells of each request and what was answered, where somebody profiles the node.
final class Profiled {
  private static final String STEP = "HTTPD_CB";

  private Profiled() {}

  static Route route(ProcessProfiling profiling, Supplier<Route> inner) {
    return extractRequest(_ -> watched(profiling.begin(ProcessProfiling.REQUESTS), inner));
  }

  private static Route watched(ProcessProfiling.Session session, Supplier<Route> inner) {
    session.enter(STEP);
    return mapResponse(response -> answered(session, response), inner);
  }

  private static HttpResponse answered(ProcessProfiling.Session session, HttpResponse response) {
    session.exit(STEP, response.status().intValue());
    session.close();
    return response;
  }
}
