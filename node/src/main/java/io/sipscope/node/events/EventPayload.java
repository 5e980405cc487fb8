package io.sipscope.node.events;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sipscope.http.events.EventJson;
import io.sipscope.http.json.Json;
import io.sipscope.persistence.events.Event;
import io.sipscope.persistence.events.Event.Parameter;
import io.sipscope.persistence.events.Event.Value;
import io.sipscope.persistence.events.SubscriberSocket;
import io.sipscope.persistence.events.Subscription;
import java.nio.charset.StandardCharsets;

/// An event as its subscriber reads it.
final class EventPayload {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private EventPayload() {}

  /// @throws IllegalArgumentException for a socket that is told otherwise
  static byte[] of(SubscriberSocket socket, Subscription.Era era, Event event) {
    return switch (socket) {
      case SubscriberSocket.Udp _, SubscriberSocket.Unix _ ->
          switch (era) {
            case JSON -> notification(event, event.name());
            case TEXT -> text(event);
          };
      case SubscriberSocket.Tcp(_, _, var method) -> notification(event, named(method, event));
      case SubscriberSocket.JsonRpc(_, _, var method) -> ofTwo(event, named(method, event));
      case SubscriberSocket.XmlRpc(_, _, var method) -> XmlRpcCall.of(method, event);
      case SubscriberSocket.Web _ -> notification(event, event.name());
      case SubscriberSocket.Flatstore _ -> line(event);
      case SubscriberSocket.Virtual _, SubscriberSocket.Route _ ->
          throw new IllegalArgumentException(socket.text() + " is told by its members");
    };
  }

  private static String named(String method, Event event) {
    return method.isEmpty() ? event.name() : method;
  }

  /// `{"jsonrpc":"2.0","method":"E_NAME","params":{...}}`: an object of named parameters, an array
  /// of those without a name, nothing when there are none. No line end: who reads a stream of them
  /// counts braces.
  static byte[] notification(Event event, String method) {
    var json = JSON.objectNode().put("jsonrpc", "2.0").put("method", method);
    if (!event.parameters().isEmpty()) {
      json.set("params", EventJson.params(event));
    }
    return Json.bytes(json);
  }

  /// As OpenSIPS 2.x's event_jsonrpc writes it: an `id` of null first, and `params` even of an
  /// event without.
  private static byte[] ofTwo(Event event, String method) {
    var json = JSON.objectNode().putNull("id").put("jsonrpc", "2.0").put("method", method);
    json.set("params", EventJson.params(event));
    return Json.bytes(json);
  }

  /// `E_NAME`, a line `name::value` for each parameter, an empty line.
  private static byte[] text(Event event) {
    var text = new StringBuilder(event.name()).append('\n');
    for (var parameter : event.parameters()) {
      if (!parameter.name().isEmpty()) {
        text.append(parameter.name()).append("::");
      }
      text.append(quoted(shown(parameter))).append('\n');
    }
    return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  /// `E_NAME,value,value`: what has a comma or a quotation mark in it is in quotation marks, line
  /// ends are `\\r` and `\\n`.
  private static byte[] line(Event event) {
    var line = new StringBuilder(event.name());
    for (var parameter : event.parameters()) {
      line.append(',').append(inLine(shown(parameter)));
    }
    return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String inLine(String value) {
    var oneLine = value.replace("\r", "\\r").replace("\n", "\\n");
    return oneLine.indexOf(',') < 0 && oneLine.indexOf('"') < 0
        ? oneLine
        : '"' + oneLine.replace("\"", "\"\"") + '"';
  }

  static String shown(Parameter parameter) {
    return switch (parameter.value()) {
      case Value.Text(var text) -> text;
      case Value.Whole(long number) -> Long.toString(number);
    };
  }

  /// A value of several lines is in quotes, its own quotes escaped.
  private static String quoted(String value) {
    return value.indexOf('\n') < 0 ? value : '"' + value.replace("\"", "\\\"") + '"';
  }
}
