package io.sipscope.ops.replay;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.hep.Hep;
import io.sipscope.protocol.hep.HepDecoder;
import java.io.IOException;

/// Sends messages again in the order and with the gaps in which they were captured. When the other
/// side takes them more slowly, the pauses shrink until the replay has caught up.
public final class Playback {
  private static final String TOO_LARGE =
      "too large for a datagram (send them by hep-tcp: or sip-tcp:)";

  /// A frame without payload: the node says that there is something it cannot give.
  private static final String KEPT_BACK =
      "kept back by the node (a damaged dialog, or too large for HEP3)";

  private final Target.Content content;
  private final Outlet outlet;
  private final Speed speed;
  private final Tally tally = new Tally();

  public Playback(Target.Content content, Outlet outlet, Speed speed) {
    this.content = content;
    this.outlet = outlet;
    this.speed = speed;
  }

  /// Is told after each message how many there were, and what became of them so far.
  public interface Watch {
    void after(long messages, Tally tally);
  }

  /// @throws IOException when what was spooled cannot be read
  public Tally run(FrameSpool spool, Watch watch) throws IOException, InterruptedException {
    var messages = spool.sorted();
    long start = System.nanoTime();
    long count = 0;
    long first = 0;
    for (var next = messages.next(); next.isPresent(); next = messages.next()) {
      var message = next.get();
      first = count == 0 ? message.time() : first;
      Pause.until(start + speed.scaled(message.time() - first));
      try {
        send(message.frame());
      } catch (IOException lost) {
        tally.failed(lost(lost), spool.messages() - count);
        return tally;
      }
      watch.after(++count, tally);
    }
    try {
      outlet.finish(tally);
    } catch (IOException lost) {
      tally.failed("or more " + lost(lost), 1);
    }
    return tally;
  }

  private static String lost(IOException failure) {
    return "lost with the connection (" + failure.getMessage() + ")";
  }

  private void send(Bytes frame) throws IOException, InterruptedException {
    // It was a frame when it was spooled.
    if (!(HepDecoder.decodeFrame(frame) instanceof Hep.Packet packet)) {
      throw new IllegalStateException("a spooled frame is none any more");
    }
    var sip = packet.payload();
    var bytes =
        switch (content) {
          case HEP -> frame;
          case SIP -> sip;
        };
    if (sip.isEmpty()) {
      tally.failed(KEPT_BACK, 1);
    } else if (!outlet.fits(bytes.length(), sip.length())) {
      tally.failed(TOO_LARGE, 1);
    } else {
      outlet.send(bytes, tally);
    }
  }
}
