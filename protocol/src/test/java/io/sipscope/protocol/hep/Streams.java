package io.sipscope.protocol.hep;

import io.sipscope.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;

/// A stream as a socket gives it: piece by piece.
final class Streams {
  private Streams() {}

  /// The frames of a stream that arrives in pieces of one size and is in step to its end.
  static List<Bytes> frames(Bytes stream, int pieceSize) {
    var frames = new ArrayList<Bytes>();
    var framing = new Hep3Framing();
    for (int at = 0; at < stream.length(); at += pieceSize) {
      framing.push(stream.slice(at, Math.min(stream.length(), at + pieceSize)));
      while (framing.next() instanceof Hep3Framing.Frame(var frame)) {
        frames.add(frame);
      }
    }
    if (framing.next() instanceof Hep3Framing.Malformed malformed) {
      throw new AssertionError(malformed.toString());
    }
    return frames;
  }
}
