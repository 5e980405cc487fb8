package io.sipscope.http.mi.xmlrpc;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sipscope.http.mi.MiHttp;
import io.sipscope.http.mi.MiLegacy;
import io.sipscope.http.mi.MiOutcome;
import io.sipscope.http.mi.MiRegistry;
import io.sipscope.http.mi.legacy.LegacyCalls;
import io.sipscope.http.mi.xmlrpc.XmlRpcRequest.Call;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.server.Route;

/// `POST /RPC2`: management commands by XML-RPC. Both eras share the path; a call is taken as one
/// of 3.x where it can be (typed values, lists, one structure of named parameters), else as one of
/// 2.x (texts by their place).
public final class XmlRpcRoute {
  private static final int METHOD_NOT_FOUND = -32601;
  private static final int INVALID_PARAMS = -32602;

  private final MiRegistry registry;
  private final LegacyCalls legacy;

  public XmlRpcRoute(MiRegistry registry) {
    this.registry = registry;
    this.legacy = new LegacyCalls(registry);
  }

  public Route route() {
    return MiHttp.under(
        "RPC2",
        (request, _) ->
            switch (request.method().value()) {
              case "POST" ->
                  MiHttp.body(body -> completeWithFuture(answer(body).thenApply(MiHttp::xml)));
              case "GET" -> complete(MiHttp.json(StatusCodes.METHOD_NOT_ALLOWED, ""));
              default -> complete(MiHttp.unsupported());
            });
  }

  CompletionStage<String> answer(byte[] body) {
    return XmlRpcRequest.read(body)
        .map(this::answer)
        .orElseGet(() -> now(XmlRpcReply.fault(-32700, "Parse error")));
  }

  private CompletionStage<String> answer(Call call) {
    return switch (registry.named(call.method())) {
      case MiRegistry.Named.Ambiguous(var names) ->
          now(
              XmlRpcReply.fault(
                  -32001, "Method ambiguous, supported names: " + String.join(", ", names)));
      case MiRegistry.Named.Unknown _ ->
          ofTwo(call, new MiOutcome.Fault(METHOD_NOT_FOUND, "Method not found"));
      case MiRegistry.Named.Known(var command) ->
          MiRegistry.run(command, parameters(call)).thenCompose(outcome -> written(call, outcome));
    };
  }

  /// One structure is named parameters, everything else comes by place.
  private static JsonNode parameters(Call call) {
    return call.params().size() == 1 && call.params().getFirst().isObject()
        ? call.params().getFirst()
        : JsonNodeFactory.instance.arrayNode().addAll(call.params());
  }

  private CompletionStage<String> written(Call call, MiOutcome outcome) {
    return switch (outcome) {
      case MiOutcome.Value(var json) -> now(XmlRpcReply.value(json));
      case MiOutcome.Fault fault when fault.code() == INVALID_PARAMS && !call.params().isEmpty() ->
          ofTwo(call, fault);
      case MiOutcome.Fault fault -> now(fault(fault));
    };
  }

  /// The answer of 2.x, where it knows the command and all the parameters are texts.
  private CompletionStage<String> ofTwo(Call call, MiOutcome.Fault otherwise) {
    if (!call.params().stream().allMatch(JsonNode::isTextual)) {
      return now(fault(otherwise));
    }
    return legacy
        .call(call.method(), call.params().stream().map(JsonNode::asText).toList())
        .map(reply -> reply.thenApply(XmlRpcRoute::written))
        .orElseGet(() -> now(fault(otherwise)));
  }

  private static String written(MiLegacy.Reply reply) {
    return switch (reply) {
      case MiLegacy.Reply.Tree(var root) -> XmlRpcReply.tree(root);
      case MiLegacy.Reply.Fault(int code, var reason) -> XmlRpcReply.fault(code, reason);
    };
  }

  private static String fault(MiOutcome.Fault fault) {
    return XmlRpcReply.fault(fault.code(), fault.message());
  }

  private static <T> CompletionStage<T> now(T value) {
    return CompletableFuture.completedStage(value);
  }
}
