package io.sipscope.node.script.run;

import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.sip.SipMessage;

/// The message that a route runs for, and how it was captured.
///
/// @param key the dialog's entity key
/// @param trunk the first configured trunk that it uses; empty when none
public record Subject(SipMessage message, Capture capture, String key, String trunk) {}
