package io.sipscope.http.mi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A node of the trees that commands of OpenSIPS 2.x answer with: every value is a text.
///
/// @param value empty = none
/// @param attributes in the order they are shown
/// @param isArray whether its children are shown as a list of nodes of one name
public record MiTree(
    String name,
    String value,
    Map<String, String> attributes,
    List<MiTree> children,
    boolean isArray) {
  public MiTree {
    attributes = new LinkedHashMap<>(attributes);
    children = List.copyOf(children);
  }

  /// An answer that says nothing: `200 OK`, or an empty body.
  public static final MiTree NOTHING = root(List.of());

  public static MiTree root(List<MiTree> children) {
    return new MiTree("", "", Map.of(), children, false);
  }

  public static MiTree array(String name, List<MiTree> children) {
    return new MiTree(name, "", Map.of(), children, true);
  }

  public static MiTree leaf(String name, String value) {
    return new MiTree(name, value, Map.of(), List.of(), false);
  }

  /// The same with one more attribute.
  public MiTree with(String attribute, String value) {
    var more = new LinkedHashMap<>(attributes);
    more.put(attribute, value);
    return new MiTree(name, this.value, more, children, isArray);
  }

  /// The same with one more child.
  public MiTree with(MiTree child) {
    var more = new ArrayList<>(children);
    more.add(child);
    return new MiTree(name, value, attributes, more, isArray);
  }
}
