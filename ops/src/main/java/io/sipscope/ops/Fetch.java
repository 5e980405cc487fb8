package io.sipscope.ops;

import io.sipscope.node.ingest.DistinctKeys;
import io.sipscope.node.ingest.EntityKey;
import io.sipscope.ops.replay.FrameSpool;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.hep.Hep;
import io.sipscope.protocol.hep.Hep3Framing;
import io.sipscope.protocol.hep.HepDecoder;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/// Reads the messages of dialogs from a node into a spool, and counts the dialogs.
final class Fetch {
  private static final int BUFFER = 1 << 16;

  private final FrameSpool spool;
  private final LongConsumer progress;
  private final Hep3Framing framing = new Hep3Framing();
  private final DistinctKeys dialogs = new DistinctKeys();

  /// Bytes read beyond the last whole frame.
  private long inFrame;

  /// @param progress is told how many messages there are so far
  Fetch(FrameSpool spool, LongConsumer progress) {
    this.spool = spool;
    this.progress = progress;
  }

  /// @return how many dialogs there are
  int all(InputStream stream) throws Failure {
    try {
      while (true) {
        var bytes = new byte[BUFFER]; // frames go on living in it
        int size = stream.readNBytes(bytes, 0, BUFFER);
        framing.push(Bytes.of(bytes, 0, size));
        inFrame += size;
        take();
        if (size < BUFFER) {
          if (inFrame > 0) {
            throw new Failure("the node's answer ends within a message");
          }
          return dialogs.count();
        }
      }
    } catch (IOException e) {
      throw new Failure("the messages could not be read to their end: " + e.getMessage(), e);
    }
  }

  /// Takes every whole frame there is.
  private void take() throws IOException, Failure {
    while (true) {
      switch (framing.next()) {
        case Hep3Framing.Frame(var frame) -> {
          inFrame -= frame.length();
          take(frame);
        }
        case Hep3Framing.Malformed(_, _, var detail) ->
            throw new Failure("the node's answer is no HEP3: " + detail);
        case Hep3Framing.NeedMore _ -> {
          return;
        }
      }
    }
  }

  private void take(Bytes frame) throws IOException, Failure {
    switch (HepDecoder.decodeFrame(frame)) {
      case Hep.Packet packet -> {
        long time = packet.time().orElse(0);
        dialogs.add(key(packet, time));
        spool.add(new FrameSpool.Timed(time, frame));
        progress.accept(spool.messages());
      }
      case Hep.Malformed(_, _, var detail) ->
          throw new Failure("the node's answer is no HEP3: " + detail);
    }
  }

  private static String key(Hep.Packet packet, long time) {
    var capture =
        new Capture(
            time,
            time,
            packet.transport(),
            packet.source(),
            packet.destination(),
            packet.agent(),
            packet.correlationId(),
            SourceKind.HEP,
            packet.payload());
    // One without payload has no Call-ID to go by: it is taken for a dialog of its endpoints.
    return SipParser.parse(packet.payload()) instanceof SipMessage message
        ? EntityKey.of(message, capture)
        : packet.source() + "-" + packet.destination();
  }
}
