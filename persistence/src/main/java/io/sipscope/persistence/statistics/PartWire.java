package io.sipscope.persistence.statistics;

import io.sipscope.persistence.wire.Packed;
import io.sipscope.persistence.wire.Unreadable;
import io.sipscope.persistence.wire.WireInput;
import io.sipscope.persistence.wire.WireOutput;
import java.util.HashMap;
import java.util.HashSet;

/// The bytes of a [Part], compressed: names repeat themselves, and every node sends its part each
/// second.
final class PartWire {
  private static final int VERSION = 1;
  private static final int BYTES_EACH = 40;
  private static final int SMALLEST_VALUE = 10;
  private static final int SMALLEST_PAIR = 18;

  private PartWire() {}

  static byte[] encode(Part part) {
    var out = new WireOutput(part.values().size() * BYTES_EACH);
    out.u8(VERSION);
    out.count(part.values().size());
    part.values()
        .forEach(
            (name, value) -> {
              text(out, name);
              out.i64(value);
            });
    out.count(part.fractions().size());
    part.fractions()
        .forEach(
            (name, fraction) -> {
              text(out, name);
              out.i64(fraction.numerator());
              out.i64(fraction.denominator());
            });
    out.count(part.baselines().size());
    part.baselines()
        .forEach(
            (name, baseline) -> {
              text(out, name);
              out.i64(baseline.number());
              out.i64(baseline.counted());
            });
    out.count(part.together().size());
    part.together().forEach(out::text);
    return Packed.of(out);
  }

  static Part decode(byte[] bytes) throws Unreadable {
    var in = new WireInput(Packed.open(bytes));
    in.expectVersion(VERSION);
    var values = new HashMap<StatisticName, Long>();
    for (int left = in.elements(SMALLEST_VALUE); left > 0; left--) {
      values.put(name(in), in.i64());
    }
    var fractions = new HashMap<StatisticName, Fraction>();
    for (int left = in.elements(SMALLEST_PAIR); left > 0; left--) {
      fractions.put(name(in), new Fraction(in.i64(), in.i64()));
    }
    var baselines = new HashMap<StatisticName, Baseline>();
    for (int left = in.elements(SMALLEST_PAIR); left > 0; left--) {
      baselines.put(name(in), new Baseline(in.i64(), in.i64()));
    }
    var together = new HashSet<String>();
    for (int left = in.elements(1); left > 0; left--) {
      together.add(in.text());
    }
    in.expectEnd();
    return new Part(values, fractions, baselines, together);
  }

  private static void text(WireOutput out, StatisticName name) {
    out.text(name.group());
    out.text(name.name());
  }

  private static StatisticName name(WireInput in) throws Unreadable {
    return new StatisticName(in.text(), in.text());
  }
}
