package io.sipscope.protocol.dialog;

import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.sip.SipMessage;

/// One stored message of a dialog.
///
/// @param seq its place in the order of storing, from 1; stable for ever
/// @param message the capture's bytes, parsed
/// @param retransmission the same bytes between the same endpoints were seen earlier
public record Rung(long seq, Capture capture, SipMessage message, boolean retransmission) {}
