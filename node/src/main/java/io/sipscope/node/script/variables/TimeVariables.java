package io.sipscope.node.script.variables;

import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.value.Value;
import io.sipscope.protocol.capture.Nanos;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/// What time it is where the script runs, in its time zone.
final class TimeVariables {
  private static final long NANOS_PER_MICRO = 1_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final String CTIME = "%a %b %e %H:%M:%S %Y";

  private TimeVariables() {}

  static List<VariableKind> all() {
    return List.of(
        new Plain("Ts", run -> Value.of(now(run).getEpochSecond())),
        new Plain("Tsm", run -> Value.of(micros(run))),
        new Plain("Tf", run -> Value.of(Strftime.format(CTIME, here(run)))),
        Inside.of(
            "time",
            argument ->
                run -> Value.of(Strftime.format(argument.text().read(run).asText(), here(run)))));
  }

  /// Of the second that it is.
  private static long micros(Run run) {
    return Math.floorMod(run.world().now(), NANOS_PER_SECOND) / NANOS_PER_MICRO;
  }

  private static Instant now(Run run) {
    return Nanos.instant(run.world().now());
  }

  private static ZonedDateTime here(Run run) {
    return now(run).atZone(ZoneId.systemDefault());
  }
}
