package io.sipscope.http.mi;

import io.sipscope.http.Actors;
import io.sipscope.http.Asking;
import io.sipscope.http.mi.capture.CaptureCommands;
import io.sipscope.http.mi.cluster.ClusterCommands;
import io.sipscope.http.mi.connections.ConnectionCommands;
import io.sipscope.http.mi.core.CoreCommands;
import io.sipscope.http.mi.dialogs.DialogCommands;
import io.sipscope.http.mi.dispatcher.DispatcherCommands;
import io.sipscope.http.mi.events.EventCommands;
import io.sipscope.http.mi.statistics.RecordingCommands;
import io.sipscope.http.mi.statistics.StatisticsCommands;
import io.sipscope.http.mi.status.StatusCommands;
import io.sipscope.http.mi.tracer.TracerCommands;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Every management command there is: the one page that lists them, by the modules of OpenSIPS.
public final class MiCommands {
  private MiCommands() {}

  public static MiRegistry of(Actors actors, Asking asking, Supplier<Instant> now) {
    var inside = actors.internals();
    var commands = new ArrayList<MiCommand>();
    var registry = new MiRegistry[1];
    Stream.of(
            new StatisticsCommands(actors.figures().statistics(), asking).commands(),
            new RecordingCommands(actors.figures().recording(), asking).commands(),
            new CoreCommands(actors, now, () -> registry[0]).commands(),
            new ConnectionCommands(inside.connections()).commands(),
            new StatusCommands(inside.status()).commands(),
            new EventCommands(inside.events(), inside.subscriptions(), asking).commands(),
            new DialogCommands(actors, asking, now).commands(),
            new CaptureCommands(inside.capture(), asking).commands(),
            new ClusterCommands(actors.cluster(), asking).commands(),
            new TracerCommands(actors, asking, now).commands(),
            new DispatcherCommands(actors.script().dispatcher()).commands())
        .forEach(commands::addAll);
    registry[0] = new MiRegistry(List.copyOf(commands));
    return registry[0];
  }
}
