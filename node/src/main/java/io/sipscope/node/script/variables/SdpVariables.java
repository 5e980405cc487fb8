package io.sipscope.node.script.variables;

import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.Subject;
import io.sipscope.node.script.run.Term;
import io.sipscope.node.script.value.Value;
import io.sipscope.node.script.variables.VariableKind.Argument;
import io.sipscope.node.script.variables.VariableKind.Inner;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import io.sipscope.protocol.sdp.Sdp;
import io.sipscope.protocol.sip.SipMessage;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// The session description of a message: `$sdp` the whole text, `$sdp(codecs)` of the first
/// medium, `$(sdp(port)[1])` of the second, `$sdp.line(a=rtpmap)` the lines that begin so.
final class SdpVariables {
  private static final String DESCRIPTION_STARTS = "v=";

  private SdpVariables() {}

  static List<VariableKind> all() {
    return List.of(
        new Inside("sdp", Inner.OPTIONAL, SdpVariables::wholeOrField),
        Inside.of("sdp.line", SdpVariables::line));
  }

  private static Term wholeOrField(Argument argument) throws Unusable {
    var field = argument.literal().map(text -> text.strip().toLowerCase(Locale.ROOT)).orElse("");
    return switch (field) {
      case "" -> run -> Plain.read(run, SdpVariables::whole);
      case "count" -> run -> Plain.read(run, SdpVariables::count);
      case "media" -> of(argument, Sdp.Media::kind);
      case "address" -> of(argument, Sdp.Media::address);
      case "port" -> of(argument, medium -> Integer.toString(medium.port()));
      case "protocol" -> of(argument, Sdp.Media::protocol);
      case "codecs" -> of(argument, medium -> String.join(",", medium.codecs()));
      case "direction" -> of(argument, Sdp.Media::direction);
      default ->
          throw new Unusable(
              "a session description has no \""
                  + field
                  + "\" (wanted: media, address, port, protocol, codecs, direction or count)");
    };
  }

  private static Term of(Argument argument, Function<Sdp.Media, String> part) {
    return run -> {
      var values = media(run).stream().map(part).toList();
      var one = Indexed.of(values, argument.index().read(run));
      return one.isNull() || one.asText().isEmpty() ? Value.Missing.NULL : one;
    };
  }

  private static List<Sdp.Media> media(Run run) {
    return run.subject().map(Subject::message).flatMap(Sdp::of).map(Sdp::media).orElse(List.of());
  }

  private static Value count(Subject subject) {
    return Sdp.of(subject.message())
        .map(sdp -> Value.of(sdp.media().size()))
        .orElse(Value.Missing.NULL);
  }

  private static Value whole(Subject subject) {
    var text = text(subject.message());
    return Plain.present(text);
  }

  /// From the `v=` on, also in a body of several parts.
  private static String text(SipMessage message) {
    if (Sdp.of(message).isEmpty()) {
      return "";
    }
    var body = message.body().utf8();
    int start = body.startsWith(DESCRIPTION_STARTS) ? 0 : body.indexOf("\n" + DESCRIPTION_STARTS);
    var rest = body.substring(Math.max(0, start)).stripLeading();
    int boundary = rest.indexOf("\n--");
    return boundary < 0 ? rest : rest.substring(0, boundary + 1);
  }

  private static Term line(Argument argument) {
    return run -> {
      var prefix = argument.text().read(run).asText().strip();
      var lines =
          run.subject()
              .map(subject -> text(subject.message()))
              .orElse("")
              .lines()
              .filter(text -> text.startsWith(prefix))
              .toList();
      return Indexed.of(lines, argument.index().read(run));
    };
  }
}
