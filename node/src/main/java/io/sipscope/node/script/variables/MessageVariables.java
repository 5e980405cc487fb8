package io.sipscope.node.script.variables;

import io.sipscope.node.script.value.Value;
import io.sipscope.protocol.sip.SipMessage;
import java.util.List;
import java.util.function.Function;

/// What the start line and the message as a whole say. Those of the Request-URI are null for a
/// reply, those of the status line for a request.
final class MessageVariables {
  private MessageVariables() {}

  static List<VariableKind> all() {
    return List.of(
        Plain.ofMessage("rm", MessageVariables::method),
        Plain.ofMessage("ru", message -> Plain.present(message.requestUri())),
        ofUri("rU", UriText::user),
        ofUri("rd", UriText::host),
        ofUri("rp", UriText::port),
        ofUri("rP", UriText::transport),
        Plain.ofMessage("ou", message -> Plain.present(message.requestUri())),
        ofUri("oU", UriText::user),
        ofUri("od", UriText::host),
        ofUri("op", UriText::port),
        ofUri("oP", UriText::transport),
        Plain.ofMessage("rs", MessageVariables::status),
        Plain.ofMessage("rr", MessageVariables::reason),
        Plain.ofMessage("ci", message -> Plain.present(message.callId().text())),
        Plain.ofMessage("cs", MessageVariables::sequence),
        Plain.ofMessage("branch", message -> Plain.present(message.branch())),
        Plain.ofMessage("ml", message -> Value.of(message.bytes().length())),
        Plain.ofMessage("mb", message -> Value.of(message.bytes().utf8())),
        Plain.ofMessage("rb", MessageVariables::body),
        Plain.ofMessage("cl", MessageVariables::contentLength));
  }

  private static Value method(SipMessage message) {
    return Plain.present(message.isRequest() ? message.method() : message.cseq().method());
  }

  private static VariableKind ofUri(String name, Function<UriText, Value> part) {
    return Plain.ofMessage(
        name,
        message ->
            message.requestUri().isEmpty()
                ? Value.Missing.NULL
                : part.apply(UriText.of(message.requestUri())));
  }

  private static Value status(SipMessage message) {
    return message.isRequest() ? Value.Missing.NULL : Value.of(message.status());
  }

  private static Value reason(SipMessage message) {
    return message.isRequest() ? Value.Missing.NULL : Value.of(message.reason());
  }

  private static Value sequence(SipMessage message) {
    var sequence = message.cseq();
    return sequence.isPresent() ? Value.of(sequence.number()) : Value.Missing.NULL;
  }

  private static Value body(SipMessage message) {
    var body = message.body();
    return body.isEmpty() ? Value.Missing.NULL : Value.of(body.utf8());
  }

  private static Value contentLength(SipMessage message) {
    var length = message.contentLength();
    return length.isPresent() ? Value.of(length.getAsLong()) : Value.Missing.NULL;
  }
}
