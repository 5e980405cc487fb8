package io.sipscope.http.mi.tracer;

import io.sipscope.http.Asking;
import io.sipscope.http.mi.MiLegacy;
import io.sipscope.http.mi.MiLegacy.Reply;
import io.sipscope.http.mi.MiTree;
import io.sipscope.persistence.trace.TraceControl;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// `sip_trace` of OpenSIPS 2.x: nothing shows all, `on` or `off` switches all, an id shows it, an
/// id and `on` or `off` switch it.
final class LegacyTrace {
  private static final Reply BAD = new Reply.Fault(400, "Bad parameter");

  private final Tracer tracer;
  private final Asking asking;

  LegacyTrace(Tracer tracer, Asking asking) {
    this.tracer = tracer;
    this.asking = asking;
  }

  MiLegacy form() {
    return new MiLegacy(this::run);
  }

  private CompletionStage<Reply> run(List<String> given) {
    return switch (given.size()) {
      case 0 -> done(tree(true, TraceAnswer.destinations(tracer)));
      case 1 ->
          Mode.of(given.getFirst()).map(this::flipAll).orElseGet(() -> show(given.getFirst()));
      case 2 ->
          Mode.of(given.get(1)).map(on -> flip(given.getFirst(), on)).orElseGet(() -> done(BAD));
      default -> done(BAD);
    };
  }

  private static CompletionStage<Reply> done(Reply reply) {
    return CompletableFuture.completedStage(reply);
  }

  private CompletionStage<Reply> show(String id) {
    var destinations = TraceAnswer.of(tracer, id);
    return done(destinations.isEmpty() ? BAD : tree(false, destinations));
  }

  private CompletionStage<Reply> flipAll(boolean on) {
    return asking
        .<TraceControl.Command, TraceControl.Answer>ask(
            tracer.control(), replyTo -> new TraceControl.FlipAll(on, replyTo))
        .thenApply(LegacyTrace::reply);
  }

  private CompletionStage<Reply> flip(String id, boolean on) {
    return asking
        .<TraceControl.Command, TraceControl.Answer>ask(
            tracer.control(), replyTo -> new TraceControl.Flip(id, on, replyTo))
        .thenApply(LegacyTrace::reply);
  }

  private static Reply reply(TraceControl.Answer answer) {
    return switch (answer) {
      case DONE -> new Reply.Tree(MiTree.NOTHING);
      case UNKNOWN_ID -> BAD;
      case USED, USED_BY_DYNAMIC, TOO_MANY, NOT_KEPT -> new Reply.Fault(500, "Internal error");
    };
  }

  private Reply tree(boolean isWithGlobal, List<TraceAnswer.Destination> destinations) {
    var nodes = new ArrayList<MiTree>();
    if (isWithGlobal) {
      nodes.add(MiTree.leaf("global", TraceAnswer.all(tracer).global()));
    }
    for (var destination : destinations) {
      var node = MiTree.leaf(destination.name(), "");
      if (!destination.type().isEmpty()) {
        node = node.with("type", destination.type()).with("uri", destination.uri());
      }
      nodes.add(node.with("state", destination.state()));
    }
    return new Reply.Tree(MiTree.root(nodes));
  }
}
