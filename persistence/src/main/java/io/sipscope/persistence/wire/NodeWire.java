package io.sipscope.persistence.wire;

import org.apache.pekko.serialization.SerializerWithStringManifest;

/// Writes and reads what nodes tell each other. Every value begins with its version and is read to
/// its last byte; a manifest names a kind and its version, never a class.
public abstract class NodeWire extends SerializerWithStringManifest {
  private static final int VERSION = 1;

  private final int identifier;
  private final int usualBytes;

  /// @param identifier of this serializer, for ever
  /// @param usualBytes of a value
  protected NodeWire(int identifier, int usualBytes) {
    this.identifier = identifier;
    this.usualBytes = usualBytes;
  }

  /// The manifest of a value; throws [#unknown] for one that is not of this wire.
  @Override
  public abstract String manifest(Object value);

  protected abstract void write(WireOutput out, Object value);

  /// @throws Unreadable when it is no such value, or [#unknown] of a manifest
  protected abstract Object read(WireInput in, String manifest) throws Unreadable;

  @Override
  public final int identifier() {
    return identifier;
  }

  @Override
  public final byte[] toBinary(Object value) {
    var out = new WireOutput(usualBytes);
    out.u8(VERSION);
    write(out, value);
    return out.toArray();
  }

  @Override
  public final Object fromBinary(byte[] bytes, String manifest) throws Unreadable {
    var in = new WireInput(bytes);
    in.expectVersion(VERSION);
    var value = read(in, manifest);
    in.expectEnd();
    return value;
  }

  protected static IllegalArgumentException unknown(Object value) {
    return new IllegalArgumentException("no wire for " + value.getClass());
  }

  protected static Unreadable unknown(String manifest) {
    return new Unreadable("manifest " + manifest + " (unknown to this node)");
  }
}
