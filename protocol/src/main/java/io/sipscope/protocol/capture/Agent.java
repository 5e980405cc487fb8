package io.sipscope.protocol.capture;

/// The capture agent that saw a message: the HEP capture id (0x000c, unsigned 32 bits; 0 = none)
/// and the node name (0x0013), empty when it sent none.
public record Agent(long id, String name) {
  public static final Agent NONE = new Agent(0, "");

  /// The name when there is one, else the id in decimal, else empty.
  public String text() {
    return !name.isEmpty() ? name : id == 0 ? "" : Long.toString(id);
  }
}
