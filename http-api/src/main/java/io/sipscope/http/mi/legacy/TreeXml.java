package io.sipscope.http.mi.legacy;

import io.sipscope.http.mi.MiLegacy;
import io.sipscope.http.mi.MiTree;
import io.sipscope.http.mi.xmlrpc.XmlText;

/// Trees as XML: `<response><node name="core:rcv_requests">0</node></response>`, with the
/// attributes of a node as `<attribute name="ID">0</attribute>` and its children inside it. What
/// failed is `<response><error code="404">Statistics Not Found</error></response>`.
final class TreeXml {
  private TreeXml() {}

  static String of(MiLegacy.Reply reply) {
    var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<response>\n");
    switch (reply) {
      case MiLegacy.Reply.Tree(var root) -> root.children().forEach(child -> write(child, xml));
      case MiLegacy.Reply.Fault(int code, var reason) ->
          xml.append("<error code=\"" + code + "\">")
              .append(XmlText.escaped(reason))
              .append("</error>\n");
    }
    return xml.append("</response>\n").toString();
  }

  private static void write(MiTree node, StringBuilder xml) {
    xml.append("<node");
    if (!node.name().isEmpty()) {
      xml.append(" name=\"").append(XmlText.escaped(node.name())).append('"');
    }
    xml.append('>').append(XmlText.escaped(node.value()));
    node.attributes()
        .forEach(
            (name, value) ->
                xml.append("<attribute name=\"")
                    .append(XmlText.escaped(name))
                    .append("\">")
                    .append(XmlText.escaped(value))
                    .append("</attribute>"));
    node.children().forEach(child -> write(child, xml));
    xml.append("</node>\n");
  }
}
