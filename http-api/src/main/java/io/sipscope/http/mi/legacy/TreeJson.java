package io.sipscope.http.mi.legacy;

import io.sipscope.http.mi.MiLegacy;
import io.sipscope.http.mi.MiTree;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Trees as mi_json of OpenSIPS 2.x writes them, blank for blank. A name may come twice in one
/// object, and a tree with no nodes is nothing at all, not even `{}`.
final class TreeJson {
  private TreeJson() {}

  static String of(MiLegacy.Reply reply) {
    return switch (reply) {
      case MiLegacy.Reply.Tree(var root) -> root.children().isEmpty() ? "" : children(root);
      case MiLegacy.Reply.Fault(int code, var reason) -> error(code, reason);
    };
  }

  static String error(int code, String reason) {
    return "{\"error\": {\"code\": " + code + ", \"message\": " + quoted(reason) + "}}";
  }

  private static String children(MiTree node) {
    if (node.isArray()) {
      var items =
          node.children().stream()
              .map(TreeJson::object)
              .collect(Collectors.joining(", ", "[", "]"));
      return "{" + quoted(node.children().getFirst().name()) + ": " + items + "}";
    }
    return node.children().stream()
        .map(child -> quoted(child.name()) + ": " + content(child))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String content(MiTree node) {
    return node.attributes().isEmpty() && node.children().isEmpty()
        ? quoted(node.value())
        : object(node);
  }

  private static String object(MiTree node) {
    var value = node.value().isEmpty() ? "" : "\"value\":" + quoted(node.value());
    var attributes =
        node.attributes().isEmpty() ? "" : "\"attributes\":" + attributes(node.attributes());
    var children = node.children().isEmpty() ? "" : "\"children\":" + children(node);
    return List.of(value, attributes, children).stream()
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String attributes(Map<String, String> attributes) {
    return attributes.entrySet().stream()
        .map(attribute -> quoted(attribute.getKey()) + ": " + quoted(attribute.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String quoted(String text) {
    var quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\', '/' -> quoted.append('\\').append(c);
        case '\b' -> quoted.append("\\b");
        case '\f' -> quoted.append("\\f");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (c < ' ' || c == 0x7f) {
            quoted.append(String.format("\\u%04x", (int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
