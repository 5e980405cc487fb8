package io.sipscope.node.events;

import io.sipscope.persistence.events.Event;
import java.nio.charset.StandardCharsets;

/// An event as an XML-RPC call: its name, then each parameter as a text.
final class XmlRpcCall {
  private XmlRpcCall() {}

  static byte[] of(String method, Event event) {
    var xml =
        new StringBuilder("<?xml version=\"1.0\"?><methodCall><methodName>")
            .append(escaped(method))
            .append("</methodName><params>")
            .append(parameter(event.name()));
    for (var one : event.parameters()) {
      xml.append(parameter(EventPayload.shown(one)));
    }
    return xml.append("</params></methodCall>").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String parameter(String value) {
    return "<param><value><string>" + escaped(value) + "</string></value></param>";
  }

  /// XML has no way to write most control characters.
  private static String escaped(String text) {
    return text.replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]", "?")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }
}
