package io.sipscope.node.sources.ami;

import io.sipscope.protocol.Bytes;
import java.util.OptionalLong;

/// A SIP message as Asterisk logged it.
///
/// @param time nanoseconds since the epoch, where the event that brought it says
record LoggedMessage(LogHeader header, OptionalLong time, Bytes sip) {}
