package io.sipscope.node.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/// opensips-cp's `mi_command`: PHP's curl with an id of 1, `params` only where there are some, and
/// `/` as PHP escapes it.
record ControlPanel(int port) {
  private static final String HEAD =
      """
      POST /mi HTTP/1.1
      Host: 127.0.0.1:%d
      Accept: */*
      Content-Type: application/json
      Content-Length: %d
      """
          .replace("\n", "\r\n");

  JsonNode result(String command, Map<String, ?> params) throws Exception {
    var answer = answer(command, params);
    assertTrue(answer.has("result"), answer::toString);
    return answer.get("result");
  }

  /// The code decides what is shown: what is below zero appears as an error on the page.
  JsonNode error(String command, Map<String, ?> params) throws Exception {
    return answer(command, params).path("error");
  }

  private JsonNode answer(String command, Map<String, ?> params) throws Exception {
    var request = PythonJson.MAPPER.createObjectNode();
    request.put("jsonrpc", "2.0").put("id", 1).put("method", command);
    if (!params.isEmpty()) {
      request.set("params", PythonJson.of(params));
    }
    var body = request.toString().replace("/", "\\/");
    var answer = RawHttp.exchange(port, HEAD.formatted(port, body.length()), body);
    assertEquals(200, answer.status(), answer.body());
    assertEquals("application/json", answer.headers().get("content-type"));
    return PythonJson.loads(answer.body());
  }
}
