package io.sipscope.protocol.stream;

import io.sipscope.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A stream of which we do not know yet what it carries.
///
/// Of one seen from its SYN on, the first line decides. One joined in the middle, or picked up
/// again behind a gap, is searched line by line for the start of a message, and at the start of
/// each segment for a WebSocket frame with one in it.
final class Unrecognised implements Content {
  /// How much of a stream is searched for SIP before it is ignored: a few messages' worth.
  static final int MAX_LOOK = 64 << 10;

  /// HTTP heads beyond this are refused by common servers.
  static final int MAX_HTTP_HEAD = 16 << 10;

  private final Pile pile;
  private final boolean joined;
  private int segmentStart;
  private int looked;

  Unrecognised(Pile pile, boolean joined) {
    this.pile = pile;
    this.joined = joined;
  }

  @Override
  public void append(Bytes bytes) {
    segmentStart = pile.size();
    pile.append(bytes);
  }

  @Override
  public Content look(long time, Sink sink) {
    if (joined && WebSocket.beginsWithSip(pile, pile.from() + segmentStart)) {
      pile.drop(segmentStart);
      return new WebSocket(pile);
    }
    while (looked < MAX_LOOK) {
      pile.drop(SipFraming.skipLineBreaks(pile.array(), pile.from(), pile.to()) - pile.from());
      int line =
          joined
              ? SipFraming.startLineAndHeader(pile.array(), pile.from(), pile.to())
              : SipFraming.startLine(pile.array(), pile.from(), pile.to());
      if (line >= 0) {
        return new SipOverTcp(pile);
      }
      if (line == SipFraming.MORE) {
        return this;
      }
      int end = endOfLine();
      if (isHttp(end)) {
        return http();
      }
      if (!joined) {
        return new Ignored();
      }
      looked += end - pile.from();
      pile.drop(end - pile.from());
      if (pile.size() == 0) {
        return this;
      }
    }
    return new Ignored();
  }

  /// Behind the next line feed, or behind everything there is.
  private int endOfLine() {
    int at = pile.from();
    while (at < pile.to()) {
      if (pile.array()[at++] == '\n') {
        return at;
      }
    }
    return at;
  }

  private boolean isHttp(int end) {
    int length = Math.min(end - pile.from(), MAX_HTTP_HEAD);
    var line = text(length).stripTrailing();
    return line.startsWith("HTTP/1.1 ") || line.endsWith(" HTTP/1.1");
  }

  /// An HTTP head that upgrades to a WebSocket (RFC 6455 §4), from either side.
  private Content http() {
    int head = SipFraming.headerEnd(pile.array(), pile.from(), pile.to());
    if (head == SipFraming.MORE) {
      return pile.size() > MAX_HTTP_HEAD ? new Ignored() : this;
    }
    int length = head - pile.from();
    var text = text(length).toLowerCase(Locale.ROOT);
    boolean answered = !text.startsWith("http/") || text.startsWith("http/1.1 101");
    if (length > MAX_HTTP_HEAD || !answered || !upgrades(text)) {
      return new Ignored();
    }
    pile.drop(length);
    return new WebSocket(pile);
  }

  private static boolean upgrades(String head) {
    return head.lines().anyMatch(line -> line.startsWith("upgrade:") && line.endsWith("websocket"));
  }

  private String text(int length) {
    return new String(pile.array(), pile.from(), length, StandardCharsets.ISO_8859_1);
  }

  @Override
  public Content lost(Sink sink) {
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
  }

  @Override
  public int retained() {
    return pile.retained();
  }
}
