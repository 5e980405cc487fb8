package io.sipscope.http.mi.dialogs;

import io.sipscope.http.mi.MiTree;
import java.util.List;
import java.util.Map;

/// Calls as OpenSIPS 2.x listed them: the same as in 3.x, one node a member.
final class CallTree {
  private CallTree() {}

  /// @param total the calls there are; below 0 = not asked for
  static MiTree of(long total, List<ObservedCall> calls, boolean withContext) {
    var tree = MiTree.array("", List.of());
    if (total >= 0) {
      tree = tree.with(MiTree.leaf("dlg_counter", Long.toString(total)));
    }
    for (var call : calls) {
      tree = tree.with(call(call, withContext));
    }
    return tree;
  }

  private static MiTree call(ObservedCall call, boolean withContext) {
    var json = CallJson.of(call, withContext);
    var node = new MiTree("dialog", "", Map.of("ID", text(json, "db_id")), List.of(), false);
    for (var member : json.entrySet()) {
      node =
          switch (member.getKey()) {
            case "ID", "db_id" -> node;
            case "user_flags" -> node.with(MiTree.leaf("user_flags", "0"));
            case "CALLEES" -> node.with(callees(call));
            case "context" -> node.with(context(call));
            default -> node.with(MiTree.leaf(member.getKey(), text(json, member.getKey())));
          };
    }
    return node;
  }

  private static String text(Map<String, Object> json, String name) {
    return String.valueOf(json.get(name));
  }

  private static MiTree callees(ObservedCall call) {
    return MiTree.array("CALLEES", call.callees().stream().map(CallTree::callee).toList());
  }

  private static MiTree callee(ObservedCall.Callee callee) {
    return new MiTree(
        "callee",
        "",
        Map.of(),
        List.of(
            MiTree.leaf("callee_tag", callee.tag()),
            MiTree.leaf("callee_contact", callee.contact()),
            MiTree.leaf("caller_cseq", callee.callerCseq()),
            MiTree.leaf("callee_route_set", callee.routeSet()),
            MiTree.leaf("callee_bind_addr", callee.bindAddress()),
            MiTree.leaf("callee_sdp", callee.sdp())),
        false);
  }

  private static MiTree context(ObservedCall call) {
    var trunk = call.row().trunk();
    var context = new MiTree("context", "", Map.of(), List.of(), false);
    return trunk.isEmpty()
        ? context
        : context.with(
            new MiTree(
                "profiles", "", Map.of(), List.of(MiTree.leaf(CallJson.TRUNK, trunk)), false));
  }
}
