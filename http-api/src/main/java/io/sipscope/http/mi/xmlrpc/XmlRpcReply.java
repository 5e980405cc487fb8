package io.sipscope.http.mi.xmlrpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.sipscope.http.mi.MiTree;
import java.util.Map;
import java.util.function.Consumer;

/// Writes `<methodResponse>`, line for line as OpenSIPS: what 3.x answers with types, the trees of
/// 2.x as texts without.
final class XmlRpcReply {
  private final StringBuilder xml = new StringBuilder(256);

  private XmlRpcReply() {}

  static String value(JsonNode json) {
    return response(reply -> reply.typed(json));
  }

  static String tree(MiTree root) {
    return response(reply -> reply.children(root));
  }

  private static String response(Consumer<XmlRpcReply> value) {
    var reply = new XmlRpcReply();
    reply.xml.append("<params><param>\r\n");
    value.accept(reply);
    reply.xml.append("</param></params>\r\n");
    return enclosed(reply.xml);
  }

  static String fault(int code, String reason) {
    return enclosed(
        """
        <fault><value>
        <struct>
        <member>
        <name>faultCode</name>
        <value><int>%d</int></value>
        </member>
        <member>
        <name>faultString</name>
        <value><string>%s</string></value>
        </member>
        </struct>
        </value>
        </fault>
        """
            .formatted(code, XmlText.escaped(reason))
            .replace("\n", "\r\n"));
  }

  private static String enclosed(CharSequence inside) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<methodResponse>\r\n"
        + inside
        + "</methodResponse>\r\n";
  }

  private void typed(JsonNode json) {
    if (json.isArray()) {
      array(json, this::typed);
    } else if (json.isObject()) {
      struct(
          () ->
              json.properties()
                  .forEach(member -> member(member.getKey(), () -> typed(member.getValue()))));
    } else {
      xml.append("<value>");
      scalar(json);
      xml.append("</value>");
    }
  }

  private void scalar(JsonNode json) {
    if (json.isIntegralNumber()) {
      element(json.canConvertToInt() ? "int" : "i8", json.asText());
    } else if (json.isNumber()) {
      element("double", json.asText());
    } else if (json.isBoolean()) {
      element("boolean", json.asBoolean() ? "1" : "0");
    } else if (json.isNull()) {
      xml.append("<nil/>");
    } else {
      element("string", XmlText.escaped(json.asText()));
    }
  }

  private void element(String type, String text) {
    xml.append('<').append(type).append('>').append(text);
    xml.append("</").append(type).append('>');
  }

  private void children(MiTree node) {
    if (node.isArray() && !node.children().isEmpty()) {
      struct(
          () ->
              member(node.children().getFirst().name(), () -> array(node.children(), this::parts)));
    } else {
      struct(() -> node.children().forEach(child -> member(child.name(), () -> content(child))));
    }
  }

  private void content(MiTree node) {
    if (node.attributes().isEmpty() && node.children().isEmpty()) {
      untyped(node.value());
    } else {
      parts(node);
    }
  }

  private void parts(MiTree node) {
    struct(
        () -> {
          if (!node.value().isEmpty()) {
            member("value", () -> untyped(node.value()));
          }
          if (!node.attributes().isEmpty()) {
            member("attributes", () -> struct(() -> attributes(node.attributes())));
          }
          if (!node.children().isEmpty()) {
            member("children", () -> children(node));
          }
        });
  }

  private void attributes(Map<String, String> attributes) {
    attributes.forEach((name, value) -> member(name, () -> untyped(value)));
  }

  private void untyped(String text) {
    xml.append("<value>").append(XmlText.escaped(text)).append("</value>");
  }

  private <T> void array(Iterable<T> items, Consumer<T> each) {
    xml.append("<value><array><data>");
    items.forEach(each);
    xml.append("</data></array></value>");
  }

  private void struct(Runnable members) {
    xml.append("<value><struct>");
    members.run();
    xml.append("</struct></value>");
  }

  private void member(String name, Runnable value) {
    xml.append("<member><name>").append(XmlText.escaped(name)).append("</name>");
    value.run();
    xml.append("</member>");
  }
}
