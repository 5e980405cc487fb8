package io.sipscope.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.handleExceptions;
import static org.apache.pekko.http.javadsl.server.Directives.handleRejections;
import static org.apache.pekko.http.javadsl.server.Directives.mapRequest;
import static org.apache.pekko.http.javadsl.server.Directives.respondWithDefaultHeaders;

import io.sipscope.http.access.Guard;
import io.sipscope.http.agents.AgentsRoute;
import io.sipscope.http.alerts.AlertRoutes;
import io.sipscope.http.captures.CaptureRoute;
import io.sipscope.http.cluster.ClusterRoute;
import io.sipscope.http.dialogs.DialogReader;
import io.sipscope.http.dialogs.DialogRoutes;
import io.sipscope.http.events.EventRoutes;
import io.sipscope.http.export.ExportRoutes;
import io.sipscope.http.export.StoredCaptures;
import io.sipscope.http.legs.LegReader;
import io.sipscope.http.live.LiveRoute;
import io.sipscope.http.messages.MessageRoutes;
import io.sipscope.http.messages.NewestMessages;
import io.sipscope.http.metrics.MetricsRoute;
import io.sipscope.http.mi.MiHttp;
import io.sipscope.http.mi.MiRegistry;
import io.sipscope.http.mi.MiRoute;
import io.sipscope.http.mi.legacy.LegacyRoutes;
import io.sipscope.http.mi.xmlrpc.XmlRpcRoute;
import io.sipscope.http.otlp.OtlpRoute;
import io.sipscope.http.page.PageRoutes;
import io.sipscope.http.probe.ProbeRoutes;
import io.sipscope.http.reindex.ReindexRoute;
import io.sipscope.http.script.ScriptRoutes;
import io.sipscope.http.shapes.ShapesRoute;
import io.sipscope.http.statistics.HistoryRoute;
import io.sipscope.http.statistics.RecordedRoute;
import io.sipscope.http.statistics.StatisticsRoutes;
import io.sipscope.http.timeline.TimelineRoute;
import io.sipscope.http.trace.TraceRoute;
import io.sipscope.http.verdict.VerdictRoute;
import io.sipscope.protocol.capture.Nanos;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.server.ExceptionHandler;
import org.apache.pekko.http.javadsl.server.RejectionHandler;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.server.UnsupportedRequestEncodingRejection;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import scala.concurrent.duration.FiniteDuration;

/// Everything that can be asked over HTTP: the one page that lists the routes.
public final class HttpApi {
  private static final Clock CLOCK = Clock.systemUTC();

  /// An import pauses for as long as the store is slow; its connection is not idle by fault.
  private static final FiniteDuration IDLE_TIMEOUT = FiniteDuration.create(10, TimeUnit.MINUTES);

  /// SIP is written by strangers and shown in a browser: nothing but our own files may run there.
  private static final List<HttpHeader> HEADERS =
      List.of(
          RawHeader.create(
              "Content-Security-Policy",
              "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"),
          RawHeader.create("X-Content-Type-Options", "nosniff"),
          RawHeader.create("Referrer-Policy", "no-referrer"));

  private final ActorSystem<?> system;
  private final Actors actors;
  private final MiRegistry commands;
  private final HttpSettings settings;

  /// @param commands the management commands, which have other ways in as well
  public HttpApi(ActorSystem<?> system, Actors actors, MiRegistry commands, HttpSettings settings) {
    this.system = system;
    this.actors = actors;
    this.commands = commands;
    this.settings = settings;
  }

  /// Opens the port.
  public static CompletionStage<ServerBinding> bind(
      ActorSystem<?> system, Actors actors, MiRegistry commands, HttpSettings settings) {
    return Http.get(system)
        .newServerAt(settings.host(), settings.port())
        .withSettings(served(ServerSettings.create(system.classicSystem())))
        .bind(new HttpApi(system, actors, commands, settings).route());
  }

  private static ServerSettings served(ServerSettings given) {
    return given
        .withTimeouts(given.getTimeouts().withIdleTimeout(IDLE_TIMEOUT))
        .withParsingErrorHandler(UnreadableRequest.class.getName());
  }

  public Route route() {
    LongSupplier now = () -> Nanos.of(CLOCK.instant());
    var asking = new Asking(system.scheduler(), settings.answerTimeout());
    var stored = actors.dialogs();
    var figures = actors.figures();
    var reader = new DialogReader(system, stored, asking);
    var routes =
        concat(
            new ProbeRoutes(actors.node().unready()).route(),
            new CaptureRoute(actors.imports()).route(),
            new ExportRoutes(reader, new StoredCaptures(system, stored), now).route(),
            new DialogRoutes(
                    stored, asking, reader, new LegReader(system, stored, asking, reader), now)
                .route(),
            new OtlpRoute(actors.traces(), reader, now).route(),
            new ShapesRoute(system, stored, asking, now).route(),
            new MessageRoutes(
                    new NewestMessages(system, stored), asking, stored.names()::trunk, now)
                .route(),
            new LiveRoute(actors, now).route(),
            new TimelineRoute(stored.index(), asking, now).route(),
            new ReindexRoute(stored.reindex(), asking).route(),
            new StatisticsRoutes(figures.statistics(), asking).route(),
            new RecordedRoute(figures.recording(), asking).route(),
            new HistoryRoute(figures.recording(), figures.statistics(), asking, now).route(),
            new TraceRoute(actors.tracer()).route(),
            new ScriptRoutes(actors.script()).route(),
            new AlertRoutes(actors.alerts(), asking).route(),
            new EventRoutes(actors.internals(), asking).route(),
            new ClusterRoute(actors.cluster(), asking).route(),
            new AgentsRoute(actors.agents(), asking).route(),
            new MetricsRoute(figures.counters(), figures.measures()).route(),
            new MiRoute(commands).route(),
            new LegacyRoutes(commands).route(),
            new XmlRpcRoute(commands).route(),
            new VerdictRoute().route(),
            new PageRoutes().route());
    return respondWithDefaultHeaders(
        HEADERS,
        () ->
            mapRequest(
                MiHttp::headAsGet,
                () ->
                    Profiled.route(
                        actors.node().profiling(),
                        () ->
                            handleRejections(
                                rejections(),
                                () -> handleExceptions(failures(), guarded(routes))))));
  }

  private Supplier<Route> guarded(Route routes) {
    var guard = new Guard(settings);
    return () -> guard.before(routes);
  }

  private static RejectionHandler rejections() {
    return RejectionHandler.newBuilder()
        .handle(
            UnsupportedRequestEncodingRejection.class,
            rejection ->
                complete(
                    Problem.of(
                            415,
                            "Content-Encoding is not "
                                + rejection.supported().value()
                                + " (or none), which is all that can be read here.")
                        .response()))
        .build()
        .withFallback(RejectionHandler.defaultHandler().mapRejectionResponse(HttpApi::asProblem));
  }

  private static HttpResponse asProblem(HttpResponse rejection) {
    var detail =
        rejection.entity() instanceof HttpEntity.Strict text
            ? text.getData().utf8String()
            : rejection.status().defaultMessage();
    return rejection.withEntity(
        Problem.of(rejection.status().intValue(), detail).response().entity());
  }

  private static ExceptionHandler failures() {
    return ExceptionHandler.newBuilder()
        .matchAny(failure -> complete(Failures.answer(failure)))
        .build();
  }
}
