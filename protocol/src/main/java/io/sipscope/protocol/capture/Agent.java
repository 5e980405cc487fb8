package io.sipscope.protocol.capture;

import java.util.List;
import java.util.stream.Stream;

/// The capture agent that saw a message: the HEP capture id (0x000c, unsigned 32 bits; 0 = none)
/// and the node name (0x0013), empty when it sent none.
public record Agent(long id, String name) {
  public static final Agent NONE = new Agent(0, "");

  /// The name when there is one, else the id in decimal, else empty.
  public String text() {
    return !name.isEmpty() ? name : id == 0 ? "" : Long.toString(id);
  }

  /// What it may be asked for by: its name and its id, as far as it has them.
  public List<String> names() {
    return Stream.of(name, id == 0 ? "" : Long.toString(id)).filter(n -> !n.isEmpty()).toList();
  }
}
