package io.sipscope.http.mi;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sipscope.http.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// JSON-RPC 2.0 as OpenSIPS 3.x speaks it, whatever carries it. Batches are invalid requests, and
/// what follows the first JSON value is passed over, both as there.
public final class MiJsonRpc {
  /// Texts may hold line breaks and tabs as they are, as OpenSIPS's own parser allows.
  static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS).build();

  private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

  /// What goes back. What it is sent as is up to the transport.
  public sealed interface Answer {
    /// @param json on one line, with no line break at its end
    record Reply(String json) implements Answer {}

    /// A notification is done and not answered.
    record Silence() implements Answer {}

    /// The id is neither a text, nor a number, nor null: there is no right answer.
    record Unanswerable() implements Answer {}

    /// No JSON.
    ///
    /// @param json the answer of JSON-RPC to it
    record Unreadable(String json) implements Answer {}
  }

  private final MiRegistry registry;

  public MiJsonRpc(MiRegistry registry) {
    this.registry = registry;
  }

  /// Bytes that are no UTF-8 count as U+FFFD.
  public CompletionStage<Answer> answer(byte[] request) {
    return parsed(request)
        .map(this::answer)
        .orElseGet(
            () -> now(new Answer.Unreadable(text(MiReply.failure(MiReply.PARSE_ERROR, null)))));
  }

  private static Optional<JsonNode> parsed(byte[] request) {
    try {
      var json = MAPPER.readTree(new String(request, StandardCharsets.UTF_8));
      return Optional.ofNullable(json).filter(node -> !node.isMissingNode());
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  private CompletionStage<Answer> answer(JsonNode request) {
    var id = request.get("id");
    if (id != null && (id.isContainerNode() || id.isBoolean())) {
      return now(new Answer.Unanswerable());
    }
    var params = request.get("params");
    if (!MiReply.VERSION.equals(request.path("jsonrpc").textValue())
        || !request.path("method").isTextual()
        || (params != null && !params.isContainerNode())) {
      return now(new Answer.Reply(text(MiReply.failure(MiReply.INVALID_REQUEST, id))));
    }
    return outcome(request.get("method").asText(), params)
        .thenApply(
            outcome ->
                id == null
                    ? new Answer.Silence()
                    : new Answer.Reply(text(MiReply.of(outcome, id))));
  }

  private CompletionStage<MiOutcome> outcome(String method, JsonNode params) {
    return switch (registry.named(method)) {
      case MiRegistry.Named.Unknown _ -> now(MiReply.METHOD_NOT_FOUND);
      case MiRegistry.Named.Ambiguous(var names) -> now(MiReply.ambiguous(names));
      case MiRegistry.Named.Known(var command) -> MiRegistry.run(command, params);
    };
  }

  private static String text(MiReply reply) {
    return new String(Json.bytes(reply), StandardCharsets.UTF_8);
  }

  private static <T> CompletionStage<T> now(T value) {
    return CompletableFuture.completedStage(value);
  }
}
