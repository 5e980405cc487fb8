package io.sipscope.protocol.stream;

import io.sipscope.protocol.Bytes;

/// A stream that carries something else. Its bytes are not kept; only a segment that begins with a
/// SIP message makes it worth another look.
record Ignored(Pile pile) implements Content {
  Ignored() {
    this(new Pile());
  }

  @Override
  public void append(Bytes bytes) {
    int from = bytes.offset();
    if (SipFraming.startLineAndHeader(bytes.array(), from, from + bytes.length()) >= 0) {
      pile.append(bytes);
    }
  }

  @Override
  public Content look(long time, Sink sink) {
    return pile.size() == 0 ? this : new SipOverTcp(pile);
  }

  @Override
  public Content lost(Sink sink) {
    return this;
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
