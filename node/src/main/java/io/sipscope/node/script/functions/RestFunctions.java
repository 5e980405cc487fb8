package io.sipscope.node.script.functions;

import io.sipscope.node.script.functions.ScriptFunction.Call;
import io.sipscope.node.script.functions.ScriptFunction.Ending;
import io.sipscope.node.script.functions.ScriptFunction.Parameter;
import io.sipscope.node.script.rest.RestClient;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.World.Request;
import io.sipscope.node.script.run.World.Response;
import io.sipscope.node.script.value.Value;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import io.sipscope.node.trace.ScriptNotes;
import io.sipscope.persistence.trace.TraceType;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// OpenSIPS's module `rest_client`. Where the route may wait, the variables are filled; else the
/// request is sent off and they stay as they are.
final class RestFunctions {
  private static final String MODULE = "rest_client";

  /// @param body its parameter; -1 = none is sent
  /// @param contentType of what is sent; -1 = none
  /// @param result the variable for the answer's body; those for its type and status follow
  private record Form(String method, int body, int contentType, int result) {}

  private RestFunctions() {}

  static List<ScriptFunction> all() {
    var url = Parameter.text("url");
    var result = Parameter.variable("body_pv");
    var type = Parameter.variable("ctype_pv").optional();
    var status = Parameter.variable("retcode_pv").optional();
    var sent = Parameter.text("body");
    var sentType = Parameter.text("ctype").optional();
    return List.of(
        of("rest_get", List.of(url, result, type, status), new Form("GET", -1, -1, 1)),
        of(
            "rest_post",
            List.of(url, sent, sentType, result, type, status),
            new Form("POST", 1, 2, 3)),
        of(
            "rest_put",
            List.of(url, sent, sentType, result, type, status),
            new Form("PUT", 1, 2, 3)));
  }

  private static ScriptFunction of(String name, List<Parameter> parameters, Form form) {
    return Named.of(name, MODULE, parameters, arguments -> call(arguments, form));
  }

  private static Call call(Arguments arguments, Form form) throws Unusable {
    var literal = arguments.literal(0);
    if (literal.isPresent() && uri(literal.get()).isEmpty()) {
      throw new Unusable("\"" + literal.get() + "\" is no URL (wanted: http:// or https://)");
    }
    return new Rest(arguments, form);
  }

  /// A call at one place.
  private record Rest(Arguments arguments, Form form) implements Call {
    @Override
    public int call(Run run) {
      var asked = asked(run);
      if (asked.isEmpty()) {
        return RestClient.INTERNAL;
      }
      var answer = asked.get();
      if (run.world().mayWait()) {
        return filled(run, arguments, form, answer.join());
      }
      return answer.isDone() ? RestClient.code(answer.join()) : Answer.TRUE;
    }

    @Override
    public CompletionStage<Ending> start(Run run) {
      var asked = asked(run);
      if (asked.isEmpty()) {
        return CompletableFuture.completedFuture(_ -> RestClient.INTERNAL);
      }
      return asked.get().thenApply(response -> later -> filled(later, arguments, form, response));
    }

    /// Empty when what it asks for is no URL.
    private Optional<CompletableFuture<Response>> asked(Run run) {
      return uri(arguments.value(0).read(run).asText())
          .map(
              uri -> {
                var request =
                    new Request(
                        form.method(),
                        uri,
                        text(run, arguments, form.body()),
                        text(run, arguments, form.contentType()));
                var answer = run.world().ask(request).toCompletableFuture();
                run.note(TraceType.REST, ScriptNotes.ofRequest(request, answer, run.world().now()));
                return answer;
              });
    }
  }

  private static int filled(Run run, Arguments arguments, Form form, Response response) {
    if (response.status() > 0) {
      arguments.variable(form.result()).write(run, Value.of(response.body()));
      if (arguments.has(form.result() + 1)) {
        arguments.variable(form.result() + 1).write(run, Value.of(response.contentType()));
      }
      if (arguments.has(form.result() + 2)) {
        arguments.variable(form.result() + 2).write(run, Value.of(response.status()));
      }
    }
    return RestClient.code(response);
  }

  private static String text(Run run, Arguments arguments, int place) {
    if (place < 0 || !arguments.has(place)) {
      return "";
    }
    var value = arguments.value(place).read(run);
    return value.isNull() ? "" : value.asText();
  }

  private static Optional<URI> uri(String text) {
    try {
      var uri = new URI(text.strip());
      boolean isHttp =
          "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
      return isHttp ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }
}
