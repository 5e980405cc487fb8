package io.sipscope.http.mi.xmlrpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads `<methodCall>`. A document type is refused, and with it every entity; so is what is nested
/// deeper than any command needs.
final class XmlRpcRequest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /// A list of structures of texts is at 4.
  private static final int MAX_DEPTH = 16;

  private static final XMLInputFactory FACTORY = factory();

  /// @param params in their order
  record Call(String method, List<JsonNode> params) {
    Call {
      params = List.copyOf(params);
    }
  }

  private final XMLStreamReader xml;

  private XmlRpcRequest(XMLStreamReader xml) {
    this.xml = xml;
  }

  private static XMLInputFactory factory() {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }

  /// Empty for anything else than a call.
  static Optional<Call> read(byte[] body) {
    try {
      var xml = FACTORY.createXMLStreamReader(new ByteArrayInputStream(body));
      try {
        return Optional.of(new XmlRpcRequest(xml).call());
      } finally {
        xml.close();
      }
    } catch (XMLStreamException _) {
      return Optional.empty();
    }
  }

  private Call call() throws XMLStreamException {
    expectStart("methodCall");
    expectStart("methodName");
    var method = text().strip();
    var params = new ArrayList<JsonNode>();
    if (nextIsStart("params")) {
      while (nextIsStart("param")) {
        expectStart("value");
        params.add(value(0));
        expectEnd();
      }
    }
    return new Call(method, params);
  }

  /// From the start of `<value>` to its end.
  private JsonNode value(int depth) throws XMLStreamException {
    if (depth > MAX_DEPTH) {
      throw unexpected("values nested over " + MAX_DEPTH + " deep");
    }
    var untyped = new StringBuilder();
    while (next() == XMLStreamConstants.CHARACTERS) {
      untyped.append(xml.getText());
    }
    if (xml.isEndElement()) {
      return JSON.textNode(untyped.toString());
    }
    var value = typed(xml.getLocalName(), depth);
    expectEnd();
    return value;
  }

  /// From the start of the type to its end.
  private JsonNode typed(String type, int depth) throws XMLStreamException {
    return switch (type) {
      case "array" -> array(depth);
      case "struct" -> struct(depth);
      case "int", "i4", "i8" -> integer(text().strip());
      case "double" -> number(text().strip());
      case "boolean" -> JSON.booleanNode(text().strip().equals("1"));
      case "nil" -> {
        text();
        yield JSON.nullNode();
      }
      default -> JSON.textNode(text());
    };
  }

  private ArrayNode array(int depth) throws XMLStreamException {
    var array = JSON.arrayNode();
    expectStart("data");
    while (nextIsStart("value")) {
      array.add(value(depth + 1));
    }
    expectEnd();
    return array;
  }

  private JsonNode struct(int depth) throws XMLStreamException {
    var struct = JSON.objectNode();
    while (nextIsStart("member")) {
      expectStart("name");
      var name = text();
      expectStart("value");
      struct.set(name, value(depth + 1));
      expectEnd();
    }
    return struct;
  }

  private JsonNode integer(String text) throws XMLStreamException {
    try {
      return JSON.numberNode(Long.parseLong(text));
    } catch (NumberFormatException _) {
      throw unexpected("\"" + text + "\" for a whole number");
    }
  }

  private JsonNode number(String text) throws XMLStreamException {
    try {
      return JSON.numberNode(Double.parseDouble(text));
    } catch (NumberFormatException _) {
      throw unexpected("\"" + text + "\" for a number");
    }
  }

  private String text() throws XMLStreamException {
    return xml.getElementText();
  }

  private void expectStart(String name) throws XMLStreamException {
    if (!nextIsStart(name)) {
      throw unexpected("no <" + name + ">");
    }
  }

  private void expectEnd() throws XMLStreamException {
    if (nextTag() != XMLStreamConstants.END_ELEMENT) {
      throw unexpected("<" + xml.getLocalName() + ">");
    }
  }

  /// Whether the next tag opens an element of that name; otherwise it closes the one around.
  private boolean nextIsStart(String name) throws XMLStreamException {
    if (nextTag() == XMLStreamConstants.END_ELEMENT) {
      return false;
    }
    if (!xml.getLocalName().equals(name)) {
      throw unexpected("<" + xml.getLocalName() + "> for <" + name + ">");
    }
    return true;
  }

  private int nextTag() throws XMLStreamException {
    int event = next();
    while (event == XMLStreamConstants.CHARACTERS && xml.isWhiteSpace()) {
      event = next();
    }
    if (event != XMLStreamConstants.START_ELEMENT && event != XMLStreamConstants.END_ELEMENT) {
      throw unexpected("text between the tags");
    }
    return event;
  }

  /// A tag or text, past what says nothing.
  private int next() throws XMLStreamException {
    while (xml.hasNext()) {
      int event = xml.next();
      switch (event) {
        case XMLStreamConstants.START_ELEMENT, XMLStreamConstants.END_ELEMENT -> {
          return event;
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          return XMLStreamConstants.CHARACTERS;
        }
        case XMLStreamConstants.COMMENT, XMLStreamConstants.PROCESSING_INSTRUCTION -> {}
        default -> throw unexpected("a document type, an entity, or the end");
      }
    }
    throw unexpected("the end");
  }

  private XMLStreamException unexpected(String what) {
    return new XMLStreamException(what, xml.getLocation());
  }
}
