package io.sipscope.persistence.statistics;

import io.sipscope.persistence.wire.Unreadable;
import io.sipscope.persistence.wire.WireInput;
import io.sipscope.persistence.wire.WireOutput;
import java.util.TreeMap;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/// Writes and reads what statistics send to other nodes.
public final class StatisticsWire extends SerializerWithStringManifest {
  private static final String SNAPSHOT = "statistics.snapshot/1";
  private static final int IDENTIFIER = 50_602;
  private static final int VERSION = 1;
  private static final int BYTES_EACH = 40;
  private static final int SMALLEST = 1 + 1 + 8;

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object value) {
    return switch (value) {
      case Snapshot _ -> SNAPSHOT;
      default -> throw new IllegalArgumentException("no manifest for " + value.getClass());
    };
  }

  @Override
  public byte[] toBinary(Object value) {
    return switch (value) {
      case Snapshot snapshot -> encode(snapshot);
      default -> throw new IllegalArgumentException("no bytes for " + value.getClass());
    };
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws Unreadable {
    if (!manifest.equals(SNAPSHOT)) {
      throw new Unreadable("manifest " + manifest + " (this node reads " + SNAPSHOT + ")");
    }
    var in = new WireInput(bytes);
    in.expectVersion(VERSION);
    var values = new TreeMap<StatisticName, Long>();
    for (int left = in.elements(SMALLEST); left > 0; left--) {
      values.put(new StatisticName(in.text(), in.text()), in.i64());
    }
    in.expectEnd();
    return new Snapshot(values);
  }

  private static byte[] encode(Snapshot snapshot) {
    var out = new WireOutput(snapshot.values().size() * BYTES_EACH);
    out.u8(VERSION);
    out.count(snapshot.values().size());
    snapshot
        .values()
        .forEach(
            (name, value) -> {
              out.text(name.group());
              out.text(name.name());
              out.i64(value);
            });
    return out.toArray();
  }
}
