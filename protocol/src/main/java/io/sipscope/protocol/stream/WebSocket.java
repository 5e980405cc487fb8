package io.sipscope.protocol.stream;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.net.Transport;

/// SIP over WebSocket (RFC 7118): frames (RFC 6455 §5.2), masked or not, text or binary, put
/// together into messages; control frames may come between a message's parts.
final class WebSocket implements Content {
  private static final int SHORTEST_HEAD = 2;
  private static final int MASK = 4;
  private static final int LONGEST_CONTROL = 125;
  private static final int CONTINUATION = 0;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PONG = 10;
  private static final int PEEK = 1024; // a start line as they commonly are

  private final Pile pile;
  private final Pile message = new Pile();
  private long skip;
  private boolean begun;
  private boolean sipSeen;
  private long lastTime;

  WebSocket(Pile pile) {
    this.pile = pile;
  }

  /// The head of a frame.
  ///
  /// @param size of the head itself
  /// @param length of the payload
  private record Head(boolean last, int opcode, boolean masked, int size, long length) {
    private static final Head INCOMPLETE = new Head(false, 0, false, 0, 0);
    private static final Head BROKEN = new Head(false, 0, false, -1, 0);

    boolean incomplete() {
      return size == 0;
    }

    boolean broken() {
      return size < 0;
    }

    boolean control() {
      return opcode >= CLOSE;
    }

    static Head read(byte[] array, int from, int to) {
      if (to - from < SHORTEST_HEAD) {
        return INCOMPLETE;
      }
      boolean last = (array[from] & 0x80) != 0;
      int opcode = array[from] & 0xf;
      boolean masked = (array[from + 1] & 0x80) != 0;
      int length7 = array[from + 1] & 0x7f;
      boolean control = opcode >= CLOSE;
      if ((array[from] & 0x70) != 0
          || (control ? opcode > PONG || !last || length7 > LONGEST_CONTROL : opcode > BINARY)) {
        return BROKEN;
      }
      int extended = length7 == 126 ? 2 : length7 == 127 ? 8 : 0;
      int size = SHORTEST_HEAD + extended + (masked ? MASK : 0);
      if (to - from < size) {
        return INCOMPLETE;
      }
      long length = extended == 0 ? length7 : 0;
      for (int i = 0; i < extended; i++) {
        length = (length << 8) | (array[from + SHORTEST_HEAD + i] & 0xff);
      }
      return length < 0 ? BROKEN : new Head(last, opcode, masked, size, length);
    }

    int mask(byte[] array, int from) {
      int at = from + size - MASK;
      return masked
          ? (array[at] & 0xff) << 24
              | (array[at + 1] & 0xff) << 16
              | (array[at + 2] & 0xff) << 8
              | (array[at + 3] & 0xff)
          : 0;
    }
  }

  /// Whether a data frame begins there whose payload begins like a SIP message: so a WebSocket is
  /// known in the middle.
  static boolean beginsWithSip(Pile pile, int from) {
    var head = Head.read(pile.array(), from, pile.to());
    if (head.size <= 0 || head.control() || head.opcode == CONTINUATION) {
      return false;
    }
    var peek = new Pile();
    int length = (int) Math.min(Math.min(head.length, PEEK), pile.to() - from - head.size);
    if (length <= 0) {
      return false;
    }
    peek.appendUnmasked(pile.array(), from + head.size, length, head.mask(pile.array(), from));
    return SipFraming.startLine(peek.array(), peek.from(), peek.to()) >= 0;
  }

  @Override
  public void append(Bytes bytes) {
    pile.append(bytes);
  }

  @Override
  public Content look(long time, Sink sink) {
    lastTime = time;
    while (true) {
      if (skip > 0) {
        int skipped = (int) Math.min(skip, pile.size());
        pile.drop(skipped);
        skip -= skipped;
      }
      if (pile.size() == 0) {
        return this;
      }
      var head = Head.read(pile.array(), pile.from(), pile.to());
      if (head.broken()) {
        return broken(sink);
      }
      if (head.incomplete()) {
        return this;
      }
      if (!head.control() && head.length > MAX_MESSAGE - message.size()) {
        tooLong(head, sink);
      } else if (pile.size() < head.size + head.length) {
        return this;
      } else {
        if (!head.control()) {
          collect(head, time, sink);
        }
        pile.drop((int) (head.size + head.length));
      }
    }
  }

  private void collect(Head head, long time, Sink sink) {
    if (head.opcode != CONTINUATION) {
      message.clear();
      begun = true;
    }
    if (begun) {
      int payload = pile.from() + head.size;
      int mask = head.mask(pile.array(), pile.from());
      message.appendUnmasked(pile.array(), payload, (int) head.length, mask);
      if (head.last) {
        give(time, sink);
        begun = false;
      }
    }
  }

  private void give(long time, Sink sink) {
    var sip = SipFraming.inDatagram(message.take(message.size()));
    if (!sip.isEmpty()) {
      sipSeen = true;
      sink.message(time, Transport.WS, sip);
    }
    message.settle();
  }

  private void tooLong(Head head, Sink sink) {
    if (sipSeen) {
      sink.malformed(
          "message-too-long", head.length + " bytes in a frame (" + MAX_MESSAGE + " at most)");
    }
    pile.drop(head.size);
    skip = head.length;
    message.clear();
    message.settle();
    begun = false;
  }

  /// Not a frame, or a compressed one (RFC 7692), which no SIP server offers.
  private Content broken(Sink sink) {
    if (sipSeen) {
      sink.malformed(
          "websocket-frame", "reserved bits or opcode " + (pile.array()[pile.from()] & 0xff));
    }
    return new Unrecognised(pile, true);
  }

  @Override
  public Content lost(Sink sink) {
    var head = Head.read(pile.array(), pile.from(), pile.to());
    if (head.size > 0 && !head.control() && skip == 0 && (begun || head.opcode != CONTINUATION)) {
      if (head.opcode != CONTINUATION) {
        message.clear();
      }
      int length = (int) Math.min(head.length, pile.size() - head.size);
      int mask = head.mask(pile.array(), pile.from());
      message.appendUnmasked(pile.array(), pile.from() + head.size, length, mask);
      give(lastTime, sink);
    } else if (begun) {
      give(lastTime, sink);
    }
    pile.clear();
    return new Unrecognised(pile, true);
  }

  @Override
  public Content quiet(Sink sink) {
    return this;
  }

  @Override
  public void settle() {
    pile.settle();
    message.settle();
  }

  @Override
  public int retained() {
    return pile.retained() + message.retained();
  }
}
