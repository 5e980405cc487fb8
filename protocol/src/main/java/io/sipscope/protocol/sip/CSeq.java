package io.sipscope.protocol.sip;

/// CSeq (RFC 3261 §8.1.1.5): a number up to 2³¹-1 by the book, up to 2³²-1 in the wild, and the
/// method. [#NONE] stands for a missing or unreadable one.
public record CSeq(long number, String method) {
  public static final CSeq NONE = new CSeq(-1, "");

  public boolean isPresent() {
    return number >= 0;
  }
}
