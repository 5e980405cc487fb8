package io.sipscope.persistence.cassandra;

import io.sipscope.persistence.index.DialogRow;
import io.sipscope.persistence.index.SummaryWire;
import io.sipscope.persistence.wire.Unreadable;
import io.sipscope.persistence.wire.WireInput;
import io.sipscope.persistence.wire.WireOutput;
import io.sipscope.protocol.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// An index row as the bytes of one column. Its first byte is the version: 2 where the dialog is
/// damaged, 3 where it has links.
final class StoredRow {
  private static final int SOUND = 1;
  private static final int DAMAGED = 2;
  private static final int LINKED = 3;
  private static final int TYPICAL_SIZE = 512;

  private StoredRow() {}

  static ByteBuffer encode(DialogRow row) {
    var out = new WireOutput(TYPICAL_SIZE);
    boolean damaged = !row.damaged().isEmpty();
    boolean linked = !row.links().isEmpty();
    out.u8(linked ? LINKED : damaged ? DAMAGED : SOUND);
    out.text(row.trunk());
    out.bytes(Bytes.of(SummaryWire.encode(row.summary())));
    if (damaged || linked) {
      out.text(row.damaged());
    }
    if (linked) {
      out.count(row.links().size());
      row.links().forEach(out::text);
    }
    return ByteBuffer.wrap(out.toArray());
  }

  static DialogRow decode(String key, ByteBuffer buffer) throws Unreadable {
    var bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    var in = new WireInput(bytes);
    int version = bytes.length == 0 ? SOUND : bytes[0];
    boolean linked = version == LINKED;
    boolean damaged = linked || version == DAMAGED;
    in.expectVersion(linked ? LINKED : damaged ? DAMAGED : SOUND);
    var trunk = in.text();
    var summary = SummaryWire.decode(in.bytes().toArray());
    var damage = damaged ? in.text() : "";
    var links = linked ? links(in) : List.<String>of();
    in.expectEnd();
    return new DialogRow(key, summary, trunk, damage, links);
  }

  private static List<String> links(WireInput in) throws Unreadable {
    int count = in.elements(1);
    var links = new ArrayList<String>(count);
    for (int i = 0; i < count; i++) {
      links.add(in.text());
    }
    return List.copyOf(links);
  }
}
