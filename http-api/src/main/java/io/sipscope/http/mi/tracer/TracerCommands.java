package io.sipscope.http.mi.tracer;

import io.sipscope.http.Actors;
import io.sipscope.http.Asking;
import io.sipscope.http.mi.MiArguments;
import io.sipscope.http.mi.MiCommand;
import io.sipscope.http.mi.MiOutcome;
import io.sipscope.http.mi.MiParameter;
import io.sipscope.http.mi.MiRecipe;
import io.sipscope.persistence.trace.DynamicRequest;
import io.sipscope.persistence.trace.TraceControl;
import io.sipscope.persistence.trace.TraceFilter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// The commands of OpenSIPS's module tracer, and `trace_replay`, which it does not have.
public final class TracerCommands {
  private static final MiParameter ID = MiParameter.text("id");
  private static final MiParameter MODE = MiParameter.text("mode");
  private static final MiParameter URI = MiParameter.text("uri");
  private static final MiParameter FILTER = MiParameter.any("filter");
  private static final MiParameter SCOPE = MiParameter.text("scope");
  private static final MiParameter TYPE = MiParameter.text("type");
  private static final MiParameter CURSOR = MiParameter.text("cursor");

  private final Tracer tracer;
  private final Asking asking;
  private final TraceReplay replay;

  public TracerCommands(Actors actors, Asking asking, Supplier<Instant> now) {
    this.tracer = actors.tracer();
    this.asking = asking;
    this.replay = new TraceReplay(actors.dialogs(), tracer, now);
  }

  public List<MiCommand> commands() {
    return List.of(
        MiCommand.of(
                "trace",
                "tracer:trace",
                "Where messages are traced to; switches all, or one trace id, on and off.",
                new MiRecipe(List.of(), _ -> MiOutcome.of(TraceAnswer.all(tracer)).now()),
                new MiRecipe(List.of(ID), given -> one(given.text("id"))),
                new MiRecipe(List.of(MODE), given -> flipAll(given.text("mode"))),
                new MiRecipe(
                    List.of(ID, MODE), given -> flip(given.text("id"), given.text("mode"))))
            .onlyNamed(),
        MiCommand.of(
            "trace_start",
            "tracer:start",
            "Starts a dynamic trace to hep:host:port or sip:host:port, of calls that fit all of"
                + " the filters caller=, callee= and ip=.",
            new MiRecipe(List.of(ID, URI), given -> start(given, false, "", "")),
            new MiRecipe(List.of(ID, URI, FILTER), given -> start(given, true, "", "")),
            new MiRecipe(
                List.of(ID, URI, FILTER, SCOPE, TYPE),
                given -> start(given, true, given.text("scope"), given.text("type")))),
        MiCommand.of(
            "trace_stop",
            "tracer:stop",
            "Ends a dynamic trace.",
            new MiRecipe(List.of(ID), given -> stop(given.text("id")))),
        MiCommand.of(
            "trace_replay",
            "tracer:replay",
            "Sends dialogs that are stored already to a trace id; the filter is that of"
                + " /api/dialogs.",
            new MiRecipe(List.of(ID, FILTER), given -> replay(given, Optional.empty())),
            new MiRecipe(
                List.of(ID, FILTER, CURSOR),
                given -> replay(given, Optional.of(given.text("cursor"))))),
        new MiCommand(
            "sip_trace",
            "siptrace:sip_trace",
            "The trace of OpenSIPS 2.x.",
            List.of(),
            false,
            Optional.of(new LegacyTrace(tracer, asking).form())));
  }

  private CompletionStage<MiOutcome> one(String id) {
    var destinations = TraceAnswer.of(tracer, id);
    return destinations.isEmpty()
        ? new MiOutcome.Fault(400, "Bad trace id value").now()
        : MiOutcome.of(new TraceAnswer.Destinations(destinations)).now();
  }

  private CompletionStage<MiOutcome> flipAll(String mode) {
    return Mode.of(mode)
        .map(
            on ->
                asking
                    .<TraceControl.Command, TraceControl.Answer>ask(
                        tracer.control(), replyTo -> new TraceControl.FlipAll(on, replyTo))
                    .thenApply(TracerCommands::outcome))
        .orElseGet(TracerCommands::badMode);
  }

  private CompletionStage<MiOutcome> flip(String id, String mode) {
    return Mode.of(mode)
        .map(
            on ->
                asking
                    .<TraceControl.Command, TraceControl.Answer>ask(
                        tracer.control(), replyTo -> new TraceControl.Flip(id, on, replyTo))
                    .thenApply(TracerCommands::outcome))
        .orElseGet(TracerCommands::badMode);
  }

  private static CompletionStage<MiOutcome> badMode() {
    return badParameter("trace mode should be 'on' or 'off'").now();
  }

  static MiOutcome badParameter(String why) {
    return new MiOutcome.Fault(500, "Bad parameter value", why);
  }

  private CompletionStage<MiOutcome> start(
      MiArguments given, boolean hasFilter, String scope, String type) {
    var filters = hasFilter ? Filtering.read(given.json("filter")) : List.<TraceFilter>of();
    return switch (DynamicRequest.read(given.text("id"), given.text("uri"), filters, scope, type)) {
      case DynamicRequest.Outcome.Fitting(var trace) ->
          asking
              .<TraceControl.Command, TraceControl.Answer>ask(
                  tracer.control(), replyTo -> new TraceControl.Start(trace, replyTo))
              .thenApply(TracerCommands::outcome);
      case DynamicRequest.Outcome.NotDynamic(var destination) ->
          new MiOutcome.Fault(
                  406,
                  destination + " not acceptable",
                  "dynamic " + destination + " tracing is not yet available")
              .now();
      case DynamicRequest.Outcome.BadHep _ ->
          badParameter("error while alocating new hep_id").now(); // OpenSIPS's own word
      case DynamicRequest.Outcome.Bad _ ->
          MiOutcome.serverError("Command handler returned null").now();
    };
  }

  private CompletionStage<MiOutcome> stop(String id) {
    return asking
        .<TraceControl.Command, TraceControl.Answer>ask(
            tracer.control(), replyTo -> new TraceControl.Stop(id, replyTo))
        .thenApply(TracerCommands::outcome);
  }

  private static MiOutcome outcome(TraceControl.Answer answer) {
    return switch (answer) {
      case DONE -> MiOutcome.ok();
      case UNKNOWN_ID -> new MiOutcome.Fault(400, "Bad parameter value");
      case USED -> badParameter("trace id already used");
      case USED_BY_DYNAMIC -> badParameter("dynamic trace id already used");
      case TOO_MANY ->
          badParameter("there are " + TraceControl.MOST_DYNAMIC + " dynamic traces already");
      case NOT_KEPT -> new MiOutcome.Fault(500, "Internal error", "the store did not take it");
    };
  }

  private CompletionStage<MiOutcome> replay(MiArguments given, Optional<String> cursor) {
    var routes = TraceAnswer.routes(tracer, given.text("id"));
    return routes.isEmpty()
        ? new MiOutcome.Fault(400, "Bad trace id value").now()
        : replay.run(routes, given.json("filter"), cursor);
  }
}
