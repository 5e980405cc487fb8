package io.sipscope.persistence.cassandra;

import io.sipscope.persistence.index.DialogRow;
import io.sipscope.persistence.index.SummaryWire;
import io.sipscope.persistence.wire.Unreadable;
import io.sipscope.persistence.wire.WireInput;
import io.sipscope.persistence.wire.WireOutput;
import io.sipscope.protocol.Bytes;
import java.nio.ByteBuffer;

/// An index row as the bytes of one column. Its first byte is the version: 2 where the dialog is
/// damaged.
final class StoredRow {
  private static final int SOUND = 1;
  private static final int DAMAGED = 2;
  private static final int TYPICAL_SIZE = 512;

  private StoredRow() {}

  static ByteBuffer encode(DialogRow row) {
    var out = new WireOutput(TYPICAL_SIZE);
    boolean damaged = !row.damaged().isEmpty();
    out.u8(damaged ? DAMAGED : SOUND);
    out.text(row.trunk());
    out.bytes(Bytes.of(SummaryWire.encode(row.summary())));
    if (damaged) {
      out.text(row.damaged());
    }
    return ByteBuffer.wrap(out.toArray());
  }

  static DialogRow decode(String key, ByteBuffer buffer) throws Unreadable {
    var bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    var in = new WireInput(bytes);
    boolean damaged = bytes.length > 0 && bytes[0] == DAMAGED;
    in.expectVersion(damaged ? DAMAGED : SOUND);
    var trunk = in.text();
    var summary = SummaryWire.decode(in.bytes().toArray());
    var damage = damaged ? in.text() : "";
    in.expectEnd();
    return new DialogRow(key, summary, trunk, damage);
  }
}
