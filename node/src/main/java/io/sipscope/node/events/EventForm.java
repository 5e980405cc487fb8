package io.sipscope.node.events;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sipscope.http.events.EventJson;
import io.sipscope.http.json.Json;
import io.sipscope.persistence.events.Event;
import io.sipscope.persistence.events.Event.Parameter;
import io.sipscope.persistence.events.Event.Value;
import io.sipscope.persistence.events.SubscriberSocket;
import io.sipscope.persistence.events.Subscription.Era;
import java.nio.charset.StandardCharsets;

/// How a subscriber reads events: bytes to be put on its wire.
interface EventForm {
  JsonNodeFactory JSON = JsonNodeFactory.instance;

  /// An event in this form.
  byte[] of(Event event);

  /// @throws IllegalArgumentException for a socket that is told otherwise
  static EventForm of(SubscriberSocket socket, Era era) {
    return switch (socket) {
      case SubscriberSocket.Udp _, SubscriberSocket.Unix _ ->
          switch (era) {
            case JSON -> Notification.NAMED;
            case TEXT -> new Lines();
          };
      case SubscriberSocket.Tcp(_, _, var method) -> new Notification(method);
      case SubscriberSocket.JsonRpc(_, _, var method) -> new OfTwo(method);
      case SubscriberSocket.XmlRpc(_, _, var method) -> new XmlRpcCall(method);
      case SubscriberSocket.Web _ -> Notification.NAMED;
      case SubscriberSocket.Flatstore _ -> new Line();
      case SubscriberSocket.Virtual _, SubscriberSocket.Route _ ->
          throw new IllegalArgumentException(socket.text() + " is told by its members");
    };
  }

  private static String named(String method, Event event) {
    return method.isEmpty() ? event.name() : method;
  }

  private static byte[] bytes(CharSequence text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  static String shown(Parameter parameter) {
    return switch (parameter.value()) {
      case Value.Text(var text) -> text;
      case Value.Whole(long number) -> Long.toString(number);
    };
  }

  /// `{"jsonrpc":"2.0","method":"E_NAME","params":{...}}`: an object of named parameters, an array
  /// of those without a name, nothing when there are none. No line end: who reads a stream of them
  /// counts braces.
  ///
  /// @param method empty: the event's name
  record Notification(String method) implements EventForm {
    static final Notification NAMED = new Notification("");

    @Override
    public byte[] of(Event event) {
      var json = JSON.objectNode().put("jsonrpc", "2.0").put("method", named(method, event));
      if (!event.parameters().isEmpty()) {
        json.set("params", EventJson.params(event));
      }
      return Json.bytes(json);
    }
  }

  /// As OpenSIPS 2.x's event_jsonrpc writes it: an `id` of null first, and `params` even of an
  /// event without.
  ///
  /// @param method empty: the event's name
  record OfTwo(String method) implements EventForm {
    @Override
    public byte[] of(Event event) {
      ObjectNode json = JSON.objectNode().putNull("id").put("jsonrpc", "2.0");
      json.put("method", named(method, event)).set("params", EventJson.params(event));
      return Json.bytes(json);
    }
  }

  /// `E_NAME`, a line `name::value` for each parameter, an empty line.
  record Lines() implements EventForm {
    @Override
    public byte[] of(Event event) {
      var text = new StringBuilder(event.name()).append('\n');
      for (var parameter : event.parameters()) {
        if (!parameter.name().isEmpty()) {
          text.append(parameter.name()).append("::");
        }
        text.append(quoted(shown(parameter))).append('\n');
      }
      return bytes(text.append('\n'));
    }

    /// A value of several lines is in quotes, its own quotes escaped.
    private static String quoted(String value) {
      return value.indexOf('\n') < 0 ? value : '"' + value.replace("\"", "\\\"") + '"';
    }
  }

  /// `E_NAME,value,value`: what has a comma or a quotation mark in it is in quotation marks, line
  /// ends are `\\r` and `\\n`.
  record Line() implements EventForm {
    @Override
    public byte[] of(Event event) {
      var line = new StringBuilder(event.name());
      for (var parameter : event.parameters()) {
        line.append(',').append(inLine(shown(parameter)));
      }
      return bytes(line.append('\n'));
    }

    private static String inLine(String value) {
      var oneLine = value.replace("\r", "\\r").replace("\n", "\\n");
      return oneLine.indexOf(',') < 0 && oneLine.indexOf('"') < 0
          ? oneLine
          : '"' + oneLine.replace("\"", "\"\"") + '"';
    }
  }
}
