package io.sipscope.protocol.stream;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.net.Transport;

/// What one direction of a TCP connection carries, as far as is known: at first [Unrecognised],
/// then [SipOverTcp], [WebSocket] or [Ignored], and back where it stops making sense.
sealed interface Content permits Unrecognised, SipOverTcp, WebSocket, Ignored {
  /// The longest message that is waited for; also what a header section may take. SIP over TCP has
  /// no limit of its own, and bodies beyond this are not signalling.
  int MAX_MESSAGE = 1 << 20;

  /// Where messages go.
  interface Sink {
    void message(long time, Transport transport, Bytes sip);

    void malformed(String reason, String detail);
  }

  /// Adds the next bytes of the stream, one segment's at a time.
  void append(Bytes bytes);

  /// Looks at what has come up to `time`, and answers what the stream carries from there on:
  /// another content has taken over the bytes that are left and wants to look at them.
  Content look(long time, Sink sink);

  /// Bytes are missing here: gives the message they cut, and starts anew behind them.
  Content lost(Sink sink);

  /// Nothing has come for a while: gives a message that only silence ends.
  Content quiet(Sink sink);

  /// Keeps what is waited for beyond the packet it came in; called when a look is over.
  void settle();

  /// Bytes kept.
  int retained();
}
