package io.sipscope.node.script.variables;

import io.sipscope.node.script.value.Value;
import io.sipscope.protocol.sip.NameAddr;
import io.sipscope.protocol.sip.SipMessage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// From and To, the other headers that name somebody, and credentials.
final class PartyVariables {
  private static final String USERNAME = "username";

  private PartyVariables() {}

  static List<VariableKind> all() {
    return List.of(
        of("fu", SipMessage::from, NameAddr::uri),
        of("fU", SipMessage::from, NameAddr::user),
        of("fd", SipMessage::from, NameAddr::host),
        Plain.ofMessage("fn", message -> displayName(message, "From")),
        Plain.ofMessage("ft", message -> Plain.present(message.fromTag())),
        of("tu", SipMessage::to, NameAddr::uri),
        of("tU", SipMessage::to, NameAddr::user),
        of("td", SipMessage::to, NameAddr::host),
        Plain.ofMessage("tn", message -> displayName(message, "To")),
        Plain.ofMessage("tt", message -> Plain.present(message.toTag())),
        ofHeader("rt", "Refer-To", NameAddr::uri),
        ofHeader("ai", "P-Asserted-Identity", NameAddr::uri),
        ofHeader("di", "Diversion", NameAddr::uri),
        ofHeader("re", "Remote-Party-ID", NameAddr::uri),
        Plain.ofMessage("aU", message -> credential(message, USERNAME)),
        Plain.ofMessage("au", PartyVariables::userOfCredentials),
        Plain.ofMessage("ar", message -> credential(message, "realm")));
  }

  private static VariableKind of(
      String name, Function<SipMessage, NameAddr> who, Function<NameAddr, String> part) {
    return Plain.ofMessage(name, message -> Plain.present(part.apply(who.apply(message))));
  }

  private static VariableKind ofHeader(
      String name, String header, Function<NameAddr, String> part) {
    return Plain.ofMessage(
        name,
        message ->
            message
                .header(header)
                .map(value -> Plain.present(part.apply(NameAddr.of(value))))
                .orElse(Value.Missing.NULL));
  }

  /// As it was sent: with its quotes where it has any.
  private static Value displayName(SipMessage message, String header) {
    return message
        .header(header)
        .map(value -> Plain.present(value.substring(0, nameEnd(value)).strip()))
        .orElse(Value.Missing.NULL);
  }

  /// The `<` outside of quotes; 0 in the form without one, which has no name.
  private static int nameEnd(String value) {
    boolean quoted = false;
    for (int at = 0; at < value.length(); at++) {
      char c = value.charAt(at);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted) {
        at++;
      } else if (c == '<' && !quoted) {
        return at;
      }
    }
    return 0;
  }

  private static Value credential(SipMessage message, String name) {
    return credentials(message)
        .flatMap(text -> UriText.parameter(text, name, ','))
        .map(Plain::present)
        .orElse(Value.Missing.NULL);
  }

  /// The user of `user@domain`, or all of it.
  private static Value userOfCredentials(SipMessage message) {
    var whole = credential(message, USERNAME);
    if (whole.isNull()) {
      return whole;
    }
    var text = whole.asText();
    int at = text.indexOf('@');
    return Plain.present(at < 0 ? text : text.substring(0, at));
  }

  /// What follows `Digest` in the one or the other header.
  private static Optional<String> credentials(SipMessage message) {
    return message
        .header("Authorization")
        .or(() -> message.header("Proxy-Authorization"))
        .map(String::strip)
        .filter(text -> text.toLowerCase(Locale.ROOT).startsWith("digest "))
        .map(text -> text.substring("digest ".length()));
  }
}
