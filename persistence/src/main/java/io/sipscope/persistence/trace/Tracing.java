package io.sipscope.persistence.trace;

import io.sipscope.persistence.statistics.Counters;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.dialog.DialogSummary;
import io.sipscope.protocol.dialog.Rung;
import io.sipscope.protocol.net.Endpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What one node traces: its rules, the switches and dynamic traces as it knows them just now, and
/// where traced messages go. Dialogs ask it on their own threads; nothing here waits or locks.
public final class Tracing {
  /// As OpenSIPS calls the module since 3.0, and before.
  private static final List<String> MODULES = List.of("tracer", "siptrace");

  /// Traces nothing.
  public static final Tracing NONE =
      new Tracing(TraceSettings.NONE, TracePolicy.NONE, TraceSink.NOWHERE, _ -> {}, new Counters());

  private final TraceSettings settings;
  private final TracePolicy policy;
  private final TraceSink sink;
  private final Consumer<Collection<TraceTarget>> destinations;
  private final List<LongAdder> requests = new ArrayList<>();
  private final List<LongAdder> replies = new ArrayList<>();
  private final LongAdder lostNotes;
  private final Narrowed narrowed = new Narrowed();
  private volatile Switchboard board;

  /// @param policy decides what is traced, beside dynamic traces
  /// @param sink takes the messages
  /// @param destinations is told where to, now and whenever a dynamic trace comes or goes
  public Tracing(
      TraceSettings settings,
      TracePolicy policy,
      TraceSink sink,
      Consumer<Collection<TraceTarget>> destinations,
      Counters counters) {
    this.settings = settings;
    this.policy = policy;
    this.sink = sink;
    this.destinations = destinations;
    for (var module : MODULES) {
      requests.add(counters.counter(module, "traced_requests"));
      replies.add(counters.counter(module, "traced_replies"));
    }
    lostNotes = counters.counter("policy", "script_notes_lost");
    board = Switchboard.initially(settings.on());
    destinations.accept(targets());
  }

  public TraceSettings settings() {
    return settings;
  }

  /// What is switched how just now.
  public Switchboard board() {
    return board;
  }

  void board(Switchboard next) {
    var before = board.dynamic();
    board = next;
    if (!before.equals(next.dynamic())) {
      destinations.accept(targets());
    }
  }

  /// Where messages go: the configured destinations, and those of dynamic traces.
  public List<TraceTarget> targets() {
    return Stream.concat(
            settings.targets().stream(), board.dynamic().stream().map(DynamicTrace::target))
        .toList();
  }

  /// Whether nothing can be traced, so that nobody needs to look.
  public boolean isIdle() {
    return policy.isIdle() && board.dynamic().isEmpty();
  }

  /// What of a burst is traced.
  ///
  /// @param started transactions and dialogs that are traced from now on, which the dialog keeps
  /// @param messages in the order in which they were on the wire, once for each trace_id
  /// @param notes what the script did beside, for each trace_id that traces it
  /// @param requests that are traced, to however many trace_ids
  /// @param replies likewise
  /// @param lostNotes of what the script did beside, for each trace_id that would have been told
  public record Found(
      List<TraceMark> started,
      List<TracedMessage> messages,
      List<Noted> notes,
      int requests,
      int replies,
      int lostNotes) {
    public static final Found NOTHING = new Found(List.of(), List.of(), List.of(), 0, 0, 0);
  }

  /// @param message during which it was done
  record Noted(TraceNote note, TracedMessage message) {}

  /// Looks at a burst that is about to be stored.
  ///
  /// @param key the dialog's entity key
  /// @param marks what of it is traced already
  /// @param fresh its captures without the duplicates
  /// @param element where its first request went; asked for only when something is traced
  public Found look(
      String key, List<TraceMark> marks, List<Capture> fresh, Supplier<Endpoint> element) {
    return isIdle()
        ? Found.NOTHING
        : new BurstLook(settings, policy, board, narrowed, key, marks).look(fresh).told(element);
  }

  /// Sends what was found, once it is stored.
  public void send(Found found) {
    if (!found.messages().isEmpty()) {
      requests.forEach(counter -> counter.add(found.requests()));
      replies.forEach(counter -> counter.add(found.replies()));
      found.messages().forEach(sink::trace);
    }
    found.notes().forEach(this::send);
    lostNotes.add(found.lostNotes());
  }

  /// Once it is known, which a web server's answer is later.
  private void send(Noted noted) {
    var note = noted.note();
    var _ =
        note.records()
            .thenAccept(
                records ->
                    records.forEach(
                        record -> sink.trace(noted.message().noted(note.type(), record))));
  }

  /// Sends one stored message to a trace_id, as it was in the scope of its dialog.
  ///
  /// @return false when there is no room for it just now
  public boolean replay(String traceId, String key, DialogSummary dialog, Rung rung) {
    if (!sink.hasRoom(traceId)) {
      return false;
    }
    var message = rung.message();
    sink.trace(
        new Retelling(key, dialog.destination(), settings.localSide())
            .tell(
                TraceMark.of(
                    new TraceOrder(traceId, Optional.empty(), ""),
                    0,
                    TraceScope.DIALOG,
                    message,
                    rung.capture()),
                rung.capture(),
                message,
                message.cseq().method()));
    return true;
  }
}
