package io.sipscope.persistence.recording;

import io.sipscope.persistence.statistics.StatisticName;
import io.sipscope.persistence.wire.Packed;
import io.sipscope.persistence.wire.Unreadable;
import io.sipscope.persistence.wire.WireInput;
import io.sipscope.persistence.wire.WireOutput;
import java.util.SortedMap;
import java.util.TreeMap;

/// The bytes of a sample's values, compressed: one row of a table is one sample.
public final class SampleWire {
  private static final int VERSION = 1;
  private static final int BYTES_EACH = 40;
  private static final int SMALLEST = 10;

  private SampleWire() {}

  public static byte[] encode(Sample sample) {
    var out = new WireOutput(sample.values().size() * BYTES_EACH);
    out.u8(VERSION);
    out.count(sample.values().size());
    sample
        .values()
        .forEach(
            (name, value) -> {
              out.text(name.group());
              out.text(name.name());
              out.i64(value);
            });
    return Packed.of(out);
  }

  public static Sample decode(long time, byte[] bytes) throws Unreadable {
    var in = new WireInput(Packed.open(bytes));
    in.expectVersion(VERSION);
    SortedMap<StatisticName, Long> values = new TreeMap<>();
    for (int left = in.elements(SMALLEST); left > 0; left--) {
      values.put(new StatisticName(in.text(), in.text()), in.i64());
    }
    in.expectEnd();
    return new Sample(time, values);
  }
}
