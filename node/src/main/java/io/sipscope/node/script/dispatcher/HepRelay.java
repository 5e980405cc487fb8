package io.sipscope.node.script.dispatcher;

import io.sipscope.node.script.run.Subject;
import io.sipscope.node.trace.Destinations;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.trace.DynamicRequest;
import io.sipscope.persistence.trace.TraceDestination;
import io.sipscope.persistence.trace.TraceTarget;
import io.sipscope.persistence.trace.TracedMessage;
import io.sipscope.persistence.trace.TracedMessage.Direction;
import io.sipscope.persistence.trace.TracedMessage.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// `hep_relay`: sends messages on as HEP 3, by UDP, or TCP or TLS where the URI says so. Each
/// destination has a lane of its own, counted as `trace-relay_...`; what waits, waits in memory.
/// Used by many threads; nothing here throws.
public final class HepRelay {
  /// As many destinations that are not those of a set: a script that takes them from messages must
  /// not make a lane for whatever a message says.
  public static final int MAX_DESTINATIONS = 256;

  private static final String RELAY = "relay:";
  private static final String TRANSPORT = "transport=";

  private final Destinations lanes;
  private final LongAdder refused;
  private final Map<String, Optional<TraceTarget>> targets = new ConcurrentHashMap<>();

  /// @param lanes its own, whose settings have no spool; whoever gives them closes them
  public HepRelay(Destinations lanes, Counters counters) {
    this.lanes = lanes;
    this.refused = counters.counter("policy", "script_relays_refused");
  }

  /// Begins the lanes that will be needed.
  public synchronized void prepare(List<String> uris) {
    uris.forEach(uri -> targets.put(uri, target(uri)));
    begin();
  }

  /// @return false when it is no destination, or there is no room for the message, or for one more
  ///     destination
  public boolean relay(Subject subject, String uri) {
    var target = targets.get(uri);
    if (target == null) {
      target = met(uri);
    }
    if (target.isEmpty()) {
      refused.increment();
      return false;
    }
    var id = target.get().id();
    boolean hasRoom = lanes.hasRoom(id);
    lanes.trace(message(subject, id)); // what finds no room is counted there
    return hasRoom;
  }

  private synchronized Optional<TraceTarget> met(String uri) {
    var known = targets.get(uri);
    if (known != null) {
      return known;
    }
    var made = target(uri);
    if (made.isEmpty() || targets.size() >= MAX_DESTINATIONS) {
      return Optional.empty();
    }
    targets.put(uri, made);
    begin();
    return made;
  }

  private void begin() {
    var wanted = new ArrayList<TraceTarget>();
    targets.values().forEach(target -> target.ifPresent(wanted::add));
    lanes.targets(wanted);
  }

  private static Optional<TraceTarget> target(String uri) {
    return destination(uri).map(to -> new TraceTarget(RELAY + uri, uri, to, false));
  }

  /// A SIP URI as HEP has destinations: without its user, port 9060 where it has none, UDP where it
  /// says nothing else.
  public static Optional<TraceDestination> destination(String uri) {
    int scheme = uri.indexOf(':');
    if (!uri.startsWith("sip:") && !uri.startsWith("sips:")) {
      return Optional.empty();
    }
    var parts = uri.substring(scheme + 1).split(";", -1);
    var host = parts[0].substring(parts[0].indexOf('@') + 1);
    var transport = "transport=udp";
    for (var part : parts) {
      if (part.strip().toLowerCase(Locale.ROOT).startsWith(TRANSPORT)) {
        transport = part.strip();
      }
    }
    var read = DynamicRequest.read("relay", "hep:" + host + ";" + transport, List.of(), "", "");
    return read instanceof DynamicRequest.Outcome.Fitting(var trace)
        ? Optional.of(trace.destination())
        : Optional.empty();
  }

  private static TracedMessage message(Subject subject, String id) {
    var capture = subject.capture();
    var message = subject.message();
    return new TracedMessage(
        id,
        subject.key(),
        capture,
        new Side(capture.transport(), capture.source()),
        new Side(capture.transport(), capture.destination()),
        Direction.IN,
        message.callId().text(),
        message.isRequest() ? message.method() : message.cseq().method(),
        message.isRequest() ? "" : Integer.toString(message.status()),
        message.fromTag(),
        "");
  }
}
