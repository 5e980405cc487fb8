package io.sipscope.node.script.variables;

import io.sipscope.node.script.run.Subject;
import io.sipscope.node.script.run.Term;
import io.sipscope.node.script.value.Value;
import io.sipscope.node.script.variables.VariableKind.Argument;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.Nanos;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// How the message was captured: between whom, by which agent, when.
final class CaptureVariables {
  private CaptureVariables() {}

  static List<VariableKind> all() {
    return List.of(
        of("si", capture -> Value.of(capture.source().address().toString())),
        of("sp", capture -> Value.of(capture.source().port())),
        of("Ri", capture -> Value.of(capture.destination().address().toString())),
        of("Rp", capture -> Value.of(capture.destination().port())),
        of("proto", CaptureVariables::transport),
        of("pr", CaptureVariables::transport),
        of("agent", capture -> Plain.present(capture.agent().text())),
        of("agent_id", capture -> Value.of(capture.agent().id())),
        of("source_kind", CaptureVariables::kind),
        Plain.ofSubject("trunk", subject -> Plain.present(subject.trunk())),
        Plain.ofSubject("key", subject -> Value.of(subject.key())),
        Inside.of("capture", CaptureVariables::part));
  }

  private static VariableKind of(String name, Function<Capture, Value> reading) {
    return Plain.ofSubject(name, subject -> reading.apply(subject.capture()));
  }

  private static Value transport(Capture capture) {
    return Value.of(capture.transport().text());
  }

  private static Value kind(Capture capture) {
    return Value.of(capture.kind().name().toLowerCase(Locale.ROOT));
  }

  private static Term part(Argument argument) throws Unusable {
    var name = argument.literal().map(String::strip).orElse("");
    Function<Capture, Value> reading =
        switch (name) {
          case "time" -> capture -> Value.of(Nanos.instant(capture.time()).toString());
          case "source" -> capture -> Value.of(capture.source().toString());
          case "destination" -> capture -> Value.of(capture.destination().toString());
          case "transport" -> CaptureVariables::transport;
          case "correlation" -> capture -> Plain.present(capture.correlationId());
          default ->
              throw new Unusable(
                  "a capture has no \""
                      + name
                      + "\" (wanted: time, source, destination, transport or correlation)");
        };
    Function<Subject, Value> ofSubject = subject -> reading.apply(subject.capture());
    return run -> Plain.read(run, ofSubject);
  }
}
