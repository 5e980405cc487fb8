package io.sipscope.node.script.variables;

import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.Subject;
import io.sipscope.node.script.run.Term;
import io.sipscope.node.script.value.Value;
import io.sipscope.node.script.variables.VariableKind.Argument;
import io.sipscope.node.script.variables.VariableKind.Inner;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import io.sipscope.protocol.sip.HeaderNames;
import io.sipscope.protocol.sip.NameAddr;
import io.sipscope.protocol.sip.SipMessage;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/// Headers by their names, long or compact, a line each; and Contact.
final class HeaderVariables {
  private static final Set<String> CONTACT_FIELDS =
      Set.of("uri", "name", "user", "host", "q", "expires", "methods", "received", "params");

  private HeaderVariables() {}

  static List<VariableKind> all() {
    return List.of(
        Inside.of("hdr", HeaderVariables::header),
        Inside.of("hdrcnt", HeaderVariables::count),
        Plain.ofMessage("ua", message -> first(message, "User-Agent")),
        Plain.ofMessage("cT", message -> Plain.present(message.contentType())),
        new Inside("ct", Inner.NONE, HeaderVariables::contact),
        new Inside("contact", Inner.OPTIONAL, HeaderVariables::contactOrField),
        Inside.of("ct.fields", HeaderVariables::contactField));
  }

  private static Value first(SipMessage message, String name) {
    return message.header(name).map(Plain::present).orElse(Value.Missing.NULL);
  }

  private static Term header(Argument argument) throws Unusable {
    var lines = lines(argument);
    return run -> Indexed.of(lines.apply(run), argument.index().read(run));
  }

  private static Term count(Argument argument) throws Unusable {
    var lines = lines(argument);
    return run -> Value.of(lines.apply(run).size());
  }

  private static Function<Run, List<String>> lines(Argument argument) throws Unusable {
    if (argument.literal().isEmpty()) {
      return run -> values(run, names(argument.text().read(run).asText()));
    }
    var name = argument.literal().get().strip();
    if (name.isEmpty()) {
      throw new Unusable("no header is named (wanted: its name in the parentheses)");
    }
    var names = names(name);
    return run -> values(run, names);
  }

  private static HeaderNames names(String name) {
    return HeaderNames.of(Set.of(name.strip()));
  }

  private static List<String> values(Run run, HeaderNames names) {
    return run.subject()
        .map(Subject::message)
        .map(message -> message.headers(names).stream().map(SipMessage.Header::value).toList())
        .orElse(List.of());
  }

  private static Term contact(Argument argument) {
    return run -> Indexed.of(contacts(run), argument.index().read(run));
  }

  private static Term contactOrField(Argument argument) throws Unusable {
    return argument.literal().isEmpty() || argument.literal().get().isBlank()
        ? contact(argument)
        : contactField(argument);
  }

  private static Term contactField(Argument argument) throws Unusable {
    var field = argument.literal().map(text -> text.strip().toLowerCase(Locale.ROOT)).orElse("");
    if (!CONTACT_FIELDS.contains(field)) {
      throw new Unusable(
          "a contact has no field \"" + field + "\" (wanted: " + sorted(CONTACT_FIELDS) + ")");
    }
    return run -> {
      var one = Indexed.of(contacts(run), argument.index().read(run));
      return one.isNull() ? one : field(one.asText(), field);
    };
  }

  private static String sorted(Set<String> names) {
    return String.join(", ", names.stream().sorted().toList());
  }

  private static List<String> contacts(Run run) {
    return run.subject().map(subject -> subject.message().headers("Contact")).orElse(List.of());
  }

  private static Value field(String contact, String field) {
    var parts = NameAddr.of(contact);
    int angle = contact.lastIndexOf('>');
    int from = angle >= 0 ? angle + 1 : Math.max(0, contact.indexOf(';'));
    var parameters = contact.substring(from);
    return switch (field) {
      case "uri" -> Plain.present(parts.uri());
      case "name" -> Plain.present(parts.displayName());
      case "user" -> Plain.present(parts.user());
      case "host" -> Plain.present(parts.host());
      case "params" -> Plain.present(parameters.startsWith(";") ? parameters.substring(1) : "");
      default ->
          UriText.parameter(parameters, field, ';').map(Plain::present).orElse(Value.Missing.NULL);
    };
  }
}
