package io.sipscope.http.mi.legacy;

import io.sipscope.http.mi.MiLegacy;
import io.sipscope.http.mi.MiTree;

/// Trees as mi_fifo and mi_datagram of OpenSIPS 2.x write them: `200 OK`, then a line for each
/// node, its children below it by one tab more, then an empty line. A value with line breaks is
/// quoted.
public final class TreeText {
  private TreeText() {}

  public static String of(MiLegacy.Reply reply) {
    return switch (reply) {
      case MiLegacy.Reply.Tree(var root) -> {
        var text = new StringBuilder("200 OK\n");
        root.children().forEach(child -> write(child, 0, text));
        yield text.append('\n').toString();
      }
      case MiLegacy.Reply.Fault(int code, var reason) -> code + " " + reason + "\n\n";
    };
  }

  private static void write(MiTree node, int depth, StringBuilder text) {
    text.repeat("\t", depth);
    if (!node.name().isEmpty()) {
      text.append(node.name()).append(":: ");
    }
    text.append(quotedIfLong(node.value()));
    node.attributes()
        .forEach((name, value) -> text.append(' ').append(name).append('=').append(value));
    text.append('\n');
    node.children().forEach(child -> write(child, depth + 1, text));
  }

  private static String quotedIfLong(String value) {
    return value.indexOf('\n') < 0 ? value : '"' + value.replace("\"", "\\\"") + '"';
  }
}
