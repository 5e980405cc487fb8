package io.sipscope.node.events;

import io.sipscope.persistence.events.Event;
import java.util.HashMap;
import java.util.Map;

/// An event as its subscribers read it: those who read the same form share the bytes, which are
/// written when the first of them is told. Used by many threads.
final class EventPayload {
  private final Event event;
  private final Map<EventForm, byte[]> written = new HashMap<>();

  EventPayload(Event event) {
    this.event = event;
  }

  String name() {
    return event.name();
  }

  synchronized byte[] in(EventForm form) {
    return written.computeIfAbsent(form, one -> one.of(event));
  }
}
