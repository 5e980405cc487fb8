package io.sipscope.node.otel;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Consumer;

/// Writes one message of Protocol Buffers: `tag value` for each field, a tag being the field's
/// number and its wire type. What is empty or zero is left out, as proto3 has it.
final class ProtobufWriter {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;

  private static final int SEVEN_BITS = 7;
  private static final int LOW_SEVEN = 0x7f;
  private static final int MORE = 0x80;
  private static final int WIRE_TYPE_BITS = 3;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  ProtobufWriter text(int field, String text) {
    return bytes(field, text.getBytes(StandardCharsets.UTF_8));
  }

  ProtobufWriter hex(int field, String digits) {
    return bytes(field, HexFormat.of().parseHex(digits));
  }

  private ProtobufWriter bytes(int field, byte[] bytes) {
    return bytes.length == 0 ? this : delimited(field, bytes);
  }

  private ProtobufWriter delimited(int field, byte[] bytes) {
    tag(field, LENGTH_DELIMITED);
    varint(bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  ProtobufWriter whole(int field, long number) {
    return number == 0 ? this : present(field, number);
  }

  /// Of a `oneof`, where zero says something.
  ProtobufWriter present(int field, long number) {
    tag(field, VARINT);
    varint(number);
    return this;
  }

  /// The same for a text.
  ProtobufWriter presentText(int field, String text) {
    return delimited(field, text.getBytes(StandardCharsets.UTF_8));
  }

  ProtobufWriter fixed64(int field, long number) {
    tag(field, FIXED64);
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      out.write((int) (number >>> shift));
    }
    return this;
  }

  ProtobufWriter message(int field, Consumer<ProtobufWriter> content) {
    var inner = new ProtobufWriter();
    content.accept(inner);
    return delimited(field, inner.toBytes());
  }

  private void tag(int field, int wireType) {
    varint((long) field << WIRE_TYPE_BITS | wireType);
  }

  private void varint(long number) {
    long rest = number;
    while ((rest & ~LOW_SEVEN) != 0) {
      out.write((int) (rest & LOW_SEVEN) | MORE);
      rest >>>= SEVEN_BITS;
    }
    out.write((int) rest);
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}
