package io.sipscope.http.mi.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sipscope.http.mi.MiLegacy;
import io.sipscope.http.mi.MiOutcome;
import io.sipscope.http.mi.MiTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/// What a command of 3.x came to, as 2.x would have told it: members become nodes, a list becomes
/// nodes of one name, what is plain in the items of a list becomes their attributes.
final class Translation {
  private static final int INVALID_PARAMS = -32602;

  private Translation() {}

  static MiLegacy.Reply reply(MiOutcome outcome) {
    return switch (outcome) {
      case MiOutcome.Value(var json) -> new MiLegacy.Reply.Tree(tree(json));
      case MiOutcome.Fault(var code, var reason, _) when code > 0 ->
          new MiLegacy.Reply.Fault(code, reason);
      case MiOutcome.Fault(var code, _, _) when code == INVALID_PARAMS ->
          new MiLegacy.Reply.Fault(400, "Bad parameter");
      case MiOutcome.Fault _ -> new MiLegacy.Reply.Fault(500, "Internal server error");
    };
  }

  private static MiTree tree(JsonNode json) {
    if (json.isArray()) {
      return MiTree.array("", items("", json));
    }
    if (!json.isObject()) {
      boolean isSaid = !json.asText().equals("OK");
      return isSaid ? MiTree.root(List.of(MiTree.leaf("", text(json)))) : MiTree.NOTHING;
    }
    var members = List.copyOf(json.properties());
    if (members.size() == 1 && members.getFirst().getValue().isArray()) {
      var list = members.getFirst();
      return MiTree.array("", items(list.getKey(), list.getValue()));
    }
    return MiTree.root(members.stream().map(Translation::node).toList());
  }

  private static MiTree node(Map.Entry<String, JsonNode> member) {
    var name = member.getKey();
    var value = member.getValue();
    if (value.isArray()) {
      return MiTree.array(name, items("", value));
    }
    return value.isObject() ? item(name, value) : MiTree.leaf(name, text(value));
  }

  private static List<MiTree> items(String name, JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(value -> value.isContainerNode() ? item(name, value) : MiTree.leaf(name, text(value)))
        .toList();
  }

  private static MiTree item(String name, JsonNode value) {
    if (value.isArray()) {
      return MiTree.array(name, items("", value));
    }
    var attributes = new LinkedHashMap<String, String>();
    var children = new ArrayList<MiTree>();
    for (var member : value.properties()) {
      if (member.getValue().isContainerNode()) {
        children.add(node(member));
      } else {
        attributes.put(member.getKey(), text(member.getValue()));
      }
    }
    return new MiTree(name, "", attributes, children, false);
  }

  private static String text(JsonNode scalar) {
    return scalar.isNull() ? "" : scalar.asText();
  }
}
