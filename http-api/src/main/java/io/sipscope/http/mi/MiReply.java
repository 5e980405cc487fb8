package io.sipscope.http.mi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;

/// A JSON-RPC 2.0 answer, its members in the order of OpenSIPS: `jsonrpc`, `result` or `error`,
/// `id`.
sealed interface MiReply {
  String VERSION = "2.0";

  record Result(String jsonrpc, Object result, JsonNode id) implements MiReply {}

  record Failure(String jsonrpc, Fault error, JsonNode id) implements MiReply {}

  /// @param data details; left out when there are none
  record Fault(int code, String message, @JsonInclude(JsonInclude.Include.NON_NULL) String data) {}

  Fault PARSE_ERROR = new Fault(-32700, "Parse error", null);
  Fault INVALID_REQUEST = new Fault(-32600, "Invalid Request", null);
  Fault METHOD_NOT_FOUND = new Fault(-32601, "Method not found", null);
  Fault UNKNOWN_COMMAND = new Fault(404, "unknown MI command", null);
  Fault STATISTICS_NOT_FOUND = new Fault(404, "Statistics Not Found", null);

  static Fault serverError(String why) {
    return new Fault(-32000, "Server error", why);
  }

  static Fault invalidParams(String why) {
    return new Fault(-32602, "Invalid params", why);
  }

  static MiReply result(Object result, JsonNode id) {
    return new Result(VERSION, result, echoed(id));
  }

  static MiReply failure(Fault error, JsonNode id) {
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
