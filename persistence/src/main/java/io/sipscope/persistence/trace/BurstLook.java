package io.sipscope.persistence.trace;

import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;

/// One look at a burst: what begins to be traced by it, and what of it is traced. Requests are
/// looked at before anything is told, as a reply may have been captured before its request.
final class BurstLook {
  private static final Comparator<Heard> BY_TIME =
      Comparator.comparingLong(heard -> heard.capture().time());

  private final TraceSettings settings;
  private final TracePolicy policy;
  private final String key;
  private final Switchboard board;
  private final Narrowed narrowed;
  private final List<TraceMark> effective = new ArrayList<>();
  private final List<TraceMark> started = new ArrayList<>();
  private final List<Told> told = new ArrayList<>();
  private final List<Noted> noted = new ArrayList<>(0);
  private int requests;
  private int replies;
  private int lostNotes;

  /// @param alone what it is traced by in scope `m`, by itself
  private record Heard(Capture capture, SipMessage message, List<TraceMark> alone) {}

  /// @param isAlone whether in scope `m`, in which a reply has no method
  private record Told(Heard heard, TraceMark mark, boolean isAlone) {}

  private record Noted(Heard heard, TraceMark mark, TraceNote note) {}

  /// @param key the dialog's entity key
  BurstLook(
      TraceSettings settings,
      TracePolicy policy,
      Switchboard board,
      Narrowed narrowed,
      String key,
      List<TraceMark> marks) {
    this.settings = settings;
    this.policy = policy;
    this.key = key;
    this.board = board;
    this.narrowed = narrowed;
    for (var mark : marks) {
      if (isEffective(mark)) {
        effective.add(mark);
      }
    }
  }

  private boolean isEffective(TraceMark mark) {
    return mark.since() == 0
        ? board.isEffective(mark.traceId()) && settings.isDefined(mark.traceId())
        : board.dynamic(mark.traceId(), mark.since()).isPresent();
  }

  BurstLook look(List<Capture> fresh) {
    var heard = new ArrayList<Heard>(fresh.size());
    for (var capture : fresh) {
      if (SipParser.parse(capture.sip()) instanceof SipMessage message) {
        heard.add(new Heard(capture, message, new ArrayList<>(0)));
      }
    }
    heard.sort(BY_TIME);
    heard.forEach(this::begin);
    heard.forEach(this::tell);
    return this;
  }

  private void begin(Heard heard) {
    for (var trace : board.dynamic()) {
      if (trace.beginsWith(heard.message(), heard.capture())) {
        begin(heard, trace.order(), trace.since(), trace.scope());
      }
    }
    var decision = policy.decide(key, heard.message(), heard.capture());
    int given = 0;
    for (var note : decision.notes()) {
      given = begin(heard, decision.orders(), given, note.orders());
      for (var mark : tracing(heard, note.type())) {
        noted.add(new Noted(heard, mark, note));
      }
    }
    for (var lost : decision.lost()) {
      given = begin(heard, decision.orders(), given, lost.orders());
      lostNotes += lost.count() * tracing(heard, lost.type()).size();
    }
    begin(heard, decision.orders(), given, decision.orders().size());
  }

  private int begin(Heard heard, List<TraceOrder> orders, int from, int to) {
    for (var order : orders.subList(from, to)) {
      if (board.isEffective(order.traceId())) {
        var scope = order.scopeFor(heard.message());
        if (order.scope().isPresent() && order.scope().get() != scope) {
          narrowed.tell(order, scope, heard.message());
        }
        begin(heard, order, 0, scope);
      }
    }
    return to;
  }

  /// What traces something other than SIP that is done for a message just now, once a trace_id.
  private Collection<TraceMark> tracing(Heard heard, TraceType type) {
    var ids = new LinkedHashMap<String, TraceMark>(0);
    for (var mark : effective) {
      if (mark.traces(type) && mark.covers(heard.message())) {
        ids.putIfAbsent(mark.traceId(), mark);
      }
    }
    for (var mark : heard.alone()) {
      if (mark.traces(type)) {
        ids.putIfAbsent(mark.traceId(), mark);
      }
    }
    return ids.values();
  }

  private void begin(Heard heard, TraceOrder order, long since, TraceScope scope) {
    var mark = TraceMark.of(order, since, scope, heard.message(), heard.capture());
    if (scope == TraceScope.MESSAGE) {
      heard.alone().add(mark);
      return;
    }
    for (var known : effective) {
      if (known.includes(mark) && known.covers(heard.message())) {
        return;
      }
    }
    effective.add(mark);
    started.add(mark);
  }

  private void tell(Heard heard) {
    var ids = new LinkedHashMap<String, Told>(0);
    for (var mark : effective) {
      if (mark.traces(TraceType.SIP)
          && mark.covers(heard.message())
          && mark.isOn(heard.capture())) {
        ids.putIfAbsent(mark.traceId(), new Told(heard, mark, /* isAlone */ false));
      }
    }
    for (var mark : heard.alone()) {
      if (mark.traces(TraceType.SIP)) {
        ids.putIfAbsent(mark.traceId(), new Told(heard, mark, /* isAlone */ true));
      }
    }
    told.addAll(ids.values());
    if (!ids.isEmpty()) {
      requests += heard.message().isRequest() ? 1 : 0;
      replies += heard.message().isRequest() ? 0 : 1;
    }
  }

  Tracing.Found told(Supplier<Endpoint> element) {
    if (told.isEmpty() && noted.isEmpty() && started.isEmpty()) {
      return Tracing.Found.NOTHING;
    }
    var retelling = new Retelling(key, element.get(), settings.localSide());
    var messages =
        told.stream()
            .map(
                one ->
                    retelling.tell(
                        one.mark(),
                        one.heard().capture(),
                        one.heard().message(),
                        one.isAlone() ? "" : one.heard().message().cseq().method()))
            .toList();
    var notes =
        noted.stream()
            .map(
                one ->
                    new Tracing.Noted(
                        one.note(),
                        retelling.tell(
                            one.mark(),
                            one.heard().capture(),
                            one.heard().message(),
                            one.heard().message().cseq().method())))
            .toList();
    return new Tracing.Found(List.copyOf(started), messages, notes, requests, replies, lostNotes);
  }
}
