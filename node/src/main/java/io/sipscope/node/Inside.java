package io.sipscope.node;

import io.sipscope.http.Internals;
import io.sipscope.http.connections.TcpConnections;
import io.sipscope.node.events.EventSenders;
import io.sipscope.node.events.EventSettings;
import io.sipscope.node.observed.LogEventSettings;
import io.sipscope.persistence.alerts.AlertBook;
import io.sipscope.persistence.alerts.Alerts;
import io.sipscope.persistence.capture.CaptureSwitch;
import io.sipscope.persistence.dialog.DialogHistory;
import io.sipscope.persistence.events.EventBoards;
import io.sipscope.persistence.events.EventNames;
import io.sipscope.persistence.events.Events;
import io.sipscope.persistence.events.Subscriptions;
import io.sipscope.persistence.notes.NoteStore;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.SessionMeasures;
import io.sipscope.persistence.status.StatusReport;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.stream.javadsl.Sink;

/// Starts what a node tells of itself: its events, the status of its parts, its connections.
final class Inside {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /// Enough to know who called whom, and how; a call of days has more.
  private static final int MESSAGES_OF_A_CALL = 200;

  private Inside() {}

  /// @param capture is told whether HEP is to be taken in
  static Internals start(
      ActorSystem<?> system,
      EventSettings settings,
      LogEventSettings log,
      Counters counters,
      Resolver resolver,
      Shutdown shutdown,
      Consumer<Boolean> capture,
      DialogHistory history,
      NoteStore notes,
      Clock clock) {
    var senders = new EventSenders(settings, counters, resolver);
    shutdown.sendEventsLast(senders::close);
    var events =
        new Events(new EventNames(settings.names(), log.isOn()), senders, counters, clock::millis);
    events.board().isOf(Cluster.get(system).selfMember().address().toString());
    spawn(system, EventBoards.create(events.board()), "event-boards");
    return new Internals(
        events,
        spawn(
            system,
            Subscriptions.create(events, notes, settings.subscriptions()),
            "event-subscriptions"),
        new StatusReport(events, clock),
        new TcpConnections(events),
        spawn(system, CaptureSwitch.create(capture), "capture-switch"),
        key ->
            history
                .messages(key, Long.MAX_VALUE)
                .take(MESSAGES_OF_A_CALL)
                .runWith(Sink.seq(), system));
  }

  /// @param measures of this node's calls
  /// @param isOldest whether this node is to look at the rules
  static AlertBook alerts(
      ActorSystem<?> system,
      Guardian.Staff staff,
      SessionMeasures measures,
      Events events,
      BooleanSupplier isOldest) {
    return Alerts.start(
        staff.store().notes(),
        new Alerts.Surroundings(
            staff.statistics(), measures, events, System::currentTimeMillis, isOldest),
        actor -> spawn(system, actor, "alerts"));
  }

  private static <T> ActorRef<T> spawn(ActorSystem<?> system, Behavior<T> actor, String name) {
    return system.systemActorOf(
        Behaviors.supervise(actor)
            .onFailure(
                SupervisorStrategy.restartWithBackoff(
                    FIRST_PAUSE, LONGEST_PAUSE, /* spread */ 0.2)),
        name,
        Props.empty());
  }
}
