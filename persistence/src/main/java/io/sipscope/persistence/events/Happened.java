package io.sipscope.persistence.events;

/// An event with where and when. Crosses nodes.
///
/// @param at milliseconds since the epoch, by the clock of the node
/// @param node its address
public record Happened(long at, String node, Event event) {

  /// About how much room it takes, in bytes.
  int size() {
    int size = 100;
    for (var parameter : event.parameters()) {
      size += 16 + parameter.name().length();
      if (parameter.value() instanceof Event.Value.Text(var text)) {
        size += text.length();
      }
    }
    return size;
  }
}
