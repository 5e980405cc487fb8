package io.sipscope.node.script.functions;

import io.sipscope.node.script.functions.ScriptFunction.Call;
import io.sipscope.node.script.functions.ScriptFunction.Parameter;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.Subject;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import io.sipscope.protocol.sip.HeaderNames;
import io.sipscope.protocol.sip.SipMessage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/// What is asked of the message.
final class MessageFunctions {
  private MessageFunctions() {}

  static List<ScriptFunction> all() {
    return List.of(
        Named.of(
            "is_method",
            "sipmsgops",
            List.of(Parameter.text("methods")),
            MessageFunctions::isMethod),
        Named.of("has_totag", "sipmsgops", List.of(), _ -> MessageFunctions::hasToTag),
        Named.of(
            "has_body",
            "sipmsgops",
            List.of(Parameter.text("type").optional()),
            MessageFunctions::hasBody),
        Named.of(
            "is_present_hf",
            "sipmsgops",
            List.of(Parameter.text("header")),
            MessageFunctions::isPresent),
        Named.of("is_request", "", List.of(), _ -> run -> ask(run, SipMessage::isRequest)),
        Named.of("is_reply", "", List.of(), _ -> run -> ask(run, m -> !m.isRequest())),
        flag("setflag", (flags, flag) -> flags.set(flag)),
        flag("resetflag", (flags, flag) -> flags.reset(flag)),
        flag("isflagset", Flags::isSet));
  }

  private static int ask(Run run, Predicate<SipMessage> question) {
    return Answer.of(run.subject().map(Subject::message).filter(question).isPresent());
  }

  private static int hasToTag(Run run) {
    return ask(run, message -> !message.toTag().isEmpty());
  }

  /// The method of CSeq for a reply.
  private static Call isMethod(Arguments arguments) throws Unusable {
    var literal = arguments.literal(0);
    if (literal.isPresent()) {
      var methods = methods(literal.get());
      if (methods.isEmpty()) {
        throw new Unusable("no method is named (wanted: such as INVITE|BYE)");
      }
      return run -> isOne(run, methods);
    }
    var value = arguments.value(0);
    return run -> isOne(run, methods(value.read(run).asText()));
  }

  private static int isOne(Run run, List<String> methods) {
    return ask(
        run,
        message -> {
          var method = message.isRequest() ? message.method() : message.cseq().method();
          return methods.stream().anyMatch(method::equalsIgnoreCase);
        });
  }

  private static List<String> methods(String text) {
    return Arrays.stream(text.split("\\|", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private static Call hasBody(Arguments arguments) {
    if (!arguments.has(0)) {
      return run -> ask(run, message -> !message.body().isEmpty());
    }
    var type = arguments.value(0);
    return run -> {
      var wanted = type.read(run).asText().strip().toLowerCase(Locale.ROOT);
      return ask(
          run,
          message ->
              !message.body().isEmpty()
                  && message.contentType().toLowerCase(Locale.ROOT).startsWith(wanted));
    };
  }

  private static Call isPresent(Arguments arguments) {
    var name = arguments.value(0);
    return run -> {
      var names = HeaderNames.of(Set.of(name.read(run).asText().strip()));
      return ask(run, message -> !message.headers(names).isEmpty());
    };
  }

  @FunctionalInterface
  private interface OnFlags {
    boolean use(Flags flags, String flag);
  }

  private static ScriptFunction flag(String name, OnFlags use) {
    return Named.of(
        name,
        "",
        List.of(Parameter.text("flag")),
        arguments -> {
          var flag = arguments.value(0);
          return run -> Answer.of(use.use(Flags.of(run), flag.read(run).asText()));
        });
  }
}
