package io.sipscope.http.mi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;

/// A JSON-RPC 2.0 answer, its members in the order of OpenSIPS: `jsonrpc`, `result` or `error`,
/// `id`.
sealed interface MiReply {
  String VERSION = "2.0";

  record Result(String jsonrpc, JsonNode result, JsonNode id) implements MiReply {}

  record Failure(String jsonrpc, MiOutcome.Fault error, JsonNode id) implements MiReply {}

  MiOutcome.Fault PARSE_ERROR = new MiOutcome.Fault(-32700, "Parse error");
  MiOutcome.Fault INVALID_REQUEST = new MiOutcome.Fault(-32600, "Invalid Request");
  MiOutcome.Fault METHOD_NOT_FOUND = new MiOutcome.Fault(-32601, "Method not found");

  static MiOutcome.Fault ambiguous(List<String> names) {
    return new MiOutcome.Fault(
        -32001, "Method ambiguous", "supported names: " + String.join(", ", names));
  }

  static MiReply of(MiOutcome outcome, JsonNode id) {
    return switch (outcome) {
      case MiOutcome.Value(var result) -> new Result(VERSION, result, echoed(id));
      case MiOutcome.Fault fault -> failure(fault, id);
    };
  }

  static MiReply failure(MiOutcome.Fault error, JsonNode id) {
    return new Failure(VERSION, error, echoed(id));
  }

  /// Texts and null as they came; numbers cut to 32 bits, as OpenSIPS does.
  private static JsonNode echoed(JsonNode id) {
    if (id == null) {
      return NullNode.getInstance();
    }
    return id.isNumber() ? new IntNode((int) id.asDouble()) : id;
  }
}
