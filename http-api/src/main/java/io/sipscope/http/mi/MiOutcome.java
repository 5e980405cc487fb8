package io.sipscope.http.mi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sipscope.http.json.Json;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// What a command came to, whatever transport asked.
public sealed interface MiOutcome {
  /// @param json what OpenSIPS 3.x would have as `result`, its members in the same order
  record Value(JsonNode json) implements MiOutcome {}

  /// The commands' own codes are positive (404), those of JSON-RPC negative.
  ///
  /// @param data details; left out of the answer when there are none (`null`)
  record Fault(int code, String message, @JsonInclude(JsonInclude.Include.NON_NULL) String data)
      implements MiOutcome {

    public Fault(int code, String message) {
      this(code, message, null);
    }
  }

  /// What a command answers that has nothing to tell.
  static MiOutcome ok() {
    return new Value(TextNode.valueOf("OK"));
  }

  /// Records, maps and lists become JSON as everywhere in the API.
  static MiOutcome of(Object value) {
    return new Value(Json.tree(value));
  }

  static MiOutcome invalidParams(String why) {
    return new Fault(-32602, "Invalid params", why);
  }

  static MiOutcome serverError(String why) {
    return new Fault(-32000, "Server error", why);
  }

  /// An outcome there is at once.
  default CompletionStage<MiOutcome> now() {
    return CompletableFuture.completedStage(this);
  }
}
