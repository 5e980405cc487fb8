package io.sipscope.node.observed;

import io.sipscope.node.agents.AgentSettings;
import io.sipscope.node.agents.Agents;
import io.sipscope.persistence.events.Event;
import io.sipscope.persistence.events.EventNames;
import io.sipscope.persistence.events.Events;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.hep.Hep;
import io.sipscope.protocol.sip.SipMessage;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/// Counts every message that comes in and can be read, on the threads that read it: the groups
/// `core`, `sipcapture`, `hep` and `agent-*`, and what registrations say.
public final class Messages {
  private static final String[] NEVER =
      new String[] {"fwd_requests", "fwd_replies", "drop_requests", "drop_replies"};

  private final LongAdder requests;
  private final LongAdder replies;
  private final LongAdder badRequests;
  private final LongAdder badReplies;
  private final LongAdder badUris;
  private final LongAdder badHeaders;
  private final LongAdder slow;
  private final LongAdder capturedRequests;
  private final LongAdder capturedReplies;
  private final long slowNanos;
  private final HepPackets packets;
  private final Agents agents;
  private final Registrations registrations;
  private final Events events;

  /// @param slow what takes longer from arrival to journal is slow; zero = nothing is
  /// @param events where it is told of what was slow
  /// @param agents is told what became of what each of them sent
  public Messages(
      Counters counters, Duration slow, Registrations registrations, Events events, Agents agents) {
    this.events = events;
    this.agents = agents;
    requests = counters.counter("core", "rcv_requests");
    replies = counters.counter("core", "rcv_replies");
    badRequests = counters.counter("core", "err_requests");
    badReplies = counters.counter("core", "err_replies");
    badUris = counters.counter("core", "bad_URIs_rcvd");
    badHeaders = counters.counter("core", "bad_msg_hdr");
    this.slow = counters.counter("core", "slow_messages");
    capturedRequests = counters.counter("sipcapture", "captured_requests");
    capturedReplies = counters.counter("sipcapture", "captured_replies");
    for (var name : NEVER) {
      counters.counter("core", name);
    }
    long startedAt = System.nanoTime();
    counters.gauge("core", "timestamp", () -> (System.nanoTime() - startedAt) / 1_000_000_000L);
    slowNanos = slow.isZero() ? Long.MAX_VALUE : slow.toNanos();
    packets = new HepPackets(counters);
    this.registrations = registrations;
  }

  /// The same for those who ask no agent for a key.
  public Messages(Counters counters, Duration slow, Registrations registrations, Events events) {
    this(counters, slow, registrations, events, new Agents(counters, AgentSettings.OPEN, events));
  }

  /// The capture agents that HEP comes from.
  public Agents agents() {
    return agents;
  }

  /// A HEP packet that could be decoded, whatever it carries.
  public void packet(Hep.Packet packet) {
    packets.count(packet);
  }

  /// A SIP message, from whatever source.
  public void message(SipMessage message, Capture capture) {
    boolean isRequest = message.isRequest();
    (isRequest ? requests : replies).increment();
    if (capture.kind() == SourceKind.HEP) {
      (isRequest ? capturedRequests : capturedReplies).increment();
    }
    if (!message.hasVia()) {
      (isRequest ? badRequests : badReplies).increment();
    }
    if (!message.isIdentified()) {
      badHeaders.increment();
    }
    if (!message.hasSoundUri()) {
      badUris.increment();
    }
    if (!isRequest && message.status() / 100 == 2) {
      registrations.answered(message, capture.time());
    }
  }

  /// A message is in the journal, so long after it arrived.
  public void stored(Capture capture, long afterNanos) {
    if (capture.kind() == SourceKind.HEP) {
      agents.stored(capture.agent());
    }
    if (afterNanos > slowNanos) {
      slow.increment();
      events.raise(EventNames.THRESHOLD, () -> late(capture, afterNanos));
    }
  }

  /// As OpenSIPS tells of its own processing: microseconds, and the whole message.
  private static Event late(Capture capture, long afterNanos) {
    return Event.of(EventNames.THRESHOLD)
        .with("source", "msg processing")
        .with("time", afterNanos / 1_000)
        .with("extra", capture.sip().utf8());
  }
}
