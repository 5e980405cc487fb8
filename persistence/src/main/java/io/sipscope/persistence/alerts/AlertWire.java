package io.sipscope.persistence.alerts;

import io.sipscope.persistence.alerts.AlertState.Phase;
import io.sipscope.persistence.alerts.KpiSums.Delay;
import io.sipscope.persistence.statistics.SessionMeasures.Side;
import io.sipscope.persistence.wire.NodeWire;
import io.sipscope.persistence.wire.Unreadable;
import io.sipscope.persistence.wire.WireInput;
import io.sipscope.persistence.wire.WireOutput;
import java.util.HashMap;
import java.util.OptionalDouble;

/// Writes and reads what nodes tell each other of alerts.
public final class AlertWire extends NodeWire {
  private static final String STATE = "alerts.state/1";
  private static final String MEASURED = "alerts.measured/1";
  private static final String CHANGED = "alerts.changed/1";
  private static final int IDENTIFIER = 50_622;
  private static final int USUAL_BYTES = 300;

  /// A side: two names, and 16 numbers of 8 bytes.
  private static final int SMALLEST = 130;

  public AlertWire() {
    super(IDENTIFIER, USUAL_BYTES);
  }

  @Override
  public String manifest(Object value) {
    return switch (value) {
      case AlertState _ -> STATE;
      case Alerts.Measured _ -> MEASURED;
      case Alerts.ChangedElsewhere() -> CHANGED;
      default -> throw unknown(value);
    };
  }

  @Override
  protected void write(WireOutput out, Object value) {
    switch (value) {
      case AlertState(var rule, var phase, var number, var since) -> {
        out.text(rule);
        out.text(phase.name());
        out.u8(number.isPresent() ? 1 : 0);
        number.ifPresent(found -> out.i64(Double.doubleToLongBits(found)));
        out.i64(since);
      }
      case Alerts.Measured(var node, var sums) -> {
        out.text(node);
        out.count(sums.size());
        sums.forEach(
            (side, found) -> {
              out.text(side.trunk());
              out.text(side.direction());
              write(out, found);
            });
      }
      case Alerts.ChangedElsewhere() -> {} // it says all by itself
      default -> throw unknown(value);
    }
  }

  private static void write(WireOutput out, KpiSums sums) {
    out.i64(sums.attempts());
    out.i64(sums.established());
    out.i64(sums.user());
    out.i64(sums.ineffective());
    out.i64(sums.redirected());
    out.i64(sums.completed());
    out.i64(sums.registrations());
    out.i64(sums.registrationsFailed());
    write(out, sums.sessionDelay());
    write(out, sums.registrationDelay());
    write(out, sums.disconnectDelay());
    write(out, sums.duration());
  }

  private static void write(WireOutput out, Delay delay) {
    out.i64(delay.micros());
    out.i64(delay.count());
  }

  @Override
  protected Object read(WireInput in, String manifest) throws Unreadable {
    return switch (manifest) {
      case STATE -> state(in);
      case MEASURED -> measured(in);
      case CHANGED -> new Alerts.ChangedElsewhere();
      default -> throw unknown(manifest);
    };
  }

  private static AlertState state(WireInput in) throws Unreadable {
    var rule = in.text();
    var phase = phase(in.text());
    var value =
        in.flag() ? OptionalDouble.of(Double.longBitsToDouble(in.i64())) : OptionalDouble.empty();
    return new AlertState(rule, phase, value, in.i64());
  }

  private static Phase phase(String name) throws Unreadable {
    for (var phase : Phase.values()) {
      if (phase.name().equals(name)) {
        return phase;
      }
    }
    throw new Unreadable("phase " + name + " (unknown to this node)");
  }

  private static Alerts.Measured measured(WireInput in) throws Unreadable {
    var node = in.text();
    var sums = new HashMap<Side, KpiSums>();
    for (int left = in.elements(SMALLEST); left > 0; left--) {
      sums.put(new Side(in.text(), in.text()), sums(in));
    }
    return new Alerts.Measured(node, sums);
  }

  private static KpiSums sums(WireInput in) throws Unreadable {
    return new KpiSums(
        in.i64(), in.i64(), in.i64(), in.i64(), in.i64(), in.i64(), in.i64(), in.i64(), delay(in),
        delay(in), delay(in), delay(in));
  }

  private static Delay delay(WireInput in) throws Unreadable {
    return new Delay(in.i64(), in.i64());
  }
}
