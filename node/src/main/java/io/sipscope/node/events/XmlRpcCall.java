package io.sipscope.node.events;

import io.sipscope.persistence.events.Event;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// An event as an XML-RPC call: its name, then each parameter as a text.
record XmlRpcCall(String method) implements EventForm {
  /// XML has no way to write most control characters.
  private static final Pattern UNWRITABLE =
      Pattern.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]");

  @Override
  public byte[] of(Event event) {
    var xml =
        new StringBuilder("<?xml version=\"1.0\"?><methodCall><methodName>")
            .append(escaped(method))
            .append("</methodName><params>")
            .append(parameter(event.name()));
    for (var one : event.parameters()) {
      xml.append(parameter(EventForm.shown(one)));
    }
    return xml.append("</params></methodCall>").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String parameter(String value) {
    return "<param><value><string>" + escaped(value) + "</string></value></param>";
  }

  private static String escaped(String text) {
    return UNWRITABLE
        .matcher(text)
        .replaceAll("?")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }
}
