package io.sipscope.node.ingest;

import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.Nanos;
import io.sipscope.protocol.sip.SipMessage;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// Which dialog a message belongs to: its Call-ID. Messages without a usable one gather by day
/// and pair of endpoints, so that they are stored and found too and no such dialog grows for ever.
public final class EntityKey {
  /// What keys of messages without a Call-ID begin with.
  public static final String NO_CALL_ID = "no-call-id:";

  private EntityKey() {}

  public static String of(SipMessage message, Capture capture) {
    return message.callId().isPresent() ? message.callId().key() : withoutCallId(capture);
  }

  /// `no-call-id:2026-11-21:10.0.0.1:5060-10.0.0.2:5060`: the UTC date of the packet, and the
  /// endpoints in the order of their text, so that both directions meet.
  static String withoutCallId(Capture capture) {
    var date = LocalDate.ofInstant(Nanos.instant(capture.time()), ZoneOffset.UTC);
    var source = capture.source().toString();
    var destination = capture.destination().toString();
    boolean ordered = source.compareTo(destination) <= 0;
    return NO_CALL_ID
        + date
        + ':'
        + (ordered ? source : destination)
        + '-'
        + (ordered ? destination : source);
  }
}
