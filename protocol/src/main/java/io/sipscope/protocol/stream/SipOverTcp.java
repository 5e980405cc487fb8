package io.sipscope.protocol.stream;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.net.Transport;

/// SIP messages one after another in a stream (RFC 3261 §18.3), perhaps with keep-alives between
/// them (RFC 5626 §3.5.1).
///
/// A message without a Content-Length, which it should have, ends where the next one starts, or by
/// silence, or with the connection.
final class SipOverTcp implements Content {
  private static final int UNKNOWN = -1;

  private final Pile pile;

  /// Where the body of the message at the pile's start begins, relative to it.
  private int body = UNKNOWN;

  private long length = SipFraming.NONE;
  private int searched;
  private long lastTime;
  private long timeBefore;
  private int sizeBefore;

  SipOverTcp(Pile pile) {
    this.pile = pile;
  }

  @Override
  public void append(Bytes bytes) {
    sizeBefore = pile.size();
    timeBefore = lastTime;
    pile.append(bytes);
  }

  @Override
  public Content look(long time, Sink sink) {
    lastTime = time;
    while (true) {
      if (body == UNKNOWN) {
        int keepAlive =
            SipFraming.skipLineBreaks(pile.array(), pile.from(), pile.to()) - pile.from();
        drop(keepAlive);
        if (pile.size() == 0) {
          return this;
        }
        int line = SipFraming.startLine(pile.array(), pile.from(), pile.to());
        if (line == SipFraming.NO) {
          sink.malformed("not-sip-in-stream", pile.size() + " bytes between messages");
          return new Unrecognised(pile, true);
        }
        if (line == SipFraming.MORE || !findBody(line)) {
          return pile.size() > MAX_MESSAGE ? tooLong(sink, pile.size()) : this;
        }
      }
      if (length == SipFraming.NONE) {
        if (!endsAtNextMessage(sink)) {
          return pile.size() > MAX_MESSAGE ? tooLong(sink, pile.size()) : this;
        }
      } else if (body + length > MAX_MESSAGE) {
        return tooLong(sink, body + length);
      } else if (pile.size() < body + length) {
        return this;
      } else {
        give((int) (body + length), time, sink);
      }
    }
  }

  private boolean findBody(int line) {
    // An empty line may have begun in what was searched before.
    int from = Math.max(line - 1, pile.from() + searched - 3);
    int end = SipFraming.headerEnd(pile.array(), from, pile.to());
    searched = pile.size();
    if (end == SipFraming.MORE) {
      return false;
    }
    body = end - pile.from();
    length = SipFraming.contentLength(pile.array(), line, end);
    searched = body;
    return true;
  }

  /// Looks for a start line at each line of what may be a body. Leaves `searched` at the first
  /// line that is not complete yet.
  private boolean endsAtNextMessage(Sink sink) {
    while (searched < pile.size()) {
      int from = pile.from() + searched;
      int next = SipFraming.startLine(pile.array(), from, pile.to());
      if (next >= 0) {
        give(searched, searched <= sizeBefore ? timeBefore : lastTime, sink);
        return true;
      }
      int at = from;
      while (at < pile.to() && pile.array()[at] != '\n') {
        at++;
      }
      if (at == pile.to()) {
        return false;
      }
      searched = at + 1 - pile.from();
    }
    return false;
  }

  private void give(int size, long time, Sink sink) {
    sink.message(time, Transport.TCP, pile.take(size));
    sizeBefore -= size;
    body = UNKNOWN;
    searched = 0;
  }

  private void drop(int count) {
    pile.drop(count);
    sizeBefore -= count;
    searched = Math.max(0, searched - count);
  }

  private Content tooLong(Sink sink, long size) {
    sink.malformed("message-too-long", size + " bytes (" + MAX_MESSAGE + " at most)");
    int line = SipFraming.startLine(pile.array(), pile.from(), pile.to());
    pile.drop(Math.max(line, pile.from()) - pile.from());
    return new Unrecognised(pile, true);
  }

  @Override
  public Content lost(Sink sink) {
    if (SipFraming.startLine(pile.array(), pile.from(), pile.to()) >= 0) {
      sink.message(lastTime, Transport.TCP, pile.take(pile.size()));
    }
    pile.clear();
    return new Unrecognised(pile, true);
  }

  @Override
  public Content quiet(Sink sink) {
    if (body != UNKNOWN && length == SipFraming.NONE) {
      give(pile.size(), lastTime, sink);
    }
    return this;
  }

  @Override
  public void settle() {
    pile.settle();
  }

  @Override
  public int retained() {
    return pile.retained();
  }
}
