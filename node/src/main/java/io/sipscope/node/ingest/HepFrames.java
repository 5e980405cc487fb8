package io.sipscope.node.ingest;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.hep.Hep3Framing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;

/// Cuts one TCP connection's bytes into HEP3 frames, however the stream was split. It ends, and
/// with it the connection, when the bytes are no HEP3, or when the rest of a frame does not come
/// in time: a frame holds memory only so long.
///
/// Only time spent waiting for the peer counts: while we ourselves are too busy to read, the
/// rest of its frame may have come long ago.
final class HepFrames extends GraphStage<FlowShape<ByteString, List<Bytes>>> {
  private final Inlet<ByteString> in = Inlet.create("HepFrames.in");
  private final Outlet<List<Bytes>> out = Outlet.create("HepFrames.out");
  private final FlowShape<ByteString, List<Bytes>> shape = FlowShape.of(in, out);
  private final Duration frameTimeout;
  private final Duration idleTimeout;
  private final Runnable idled;
  private final BiConsumer<String, String> malformed;

  /// @param idleTimeout how long nothing may come between two frames; zero = for ever
  /// @param idled hears of a connection that is ended for that
  /// @param malformed hears the reason and detail of bytes that are no frame
  HepFrames(
      Duration frameTimeout,
      Duration idleTimeout,
      Runnable idled,
      BiConsumer<String, String> malformed) {
    this.frameTimeout = frameTimeout;
    this.idleTimeout = idleTimeout;
    this.idled = idled;
    this.malformed = malformed;
  }

  @Override
  public FlowShape<ByteString, List<Bytes>> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private enum Tick {
    CHECK
  }

  private final class Logic extends TimerGraphStageLogic {
    private final Hep3Framing framing = new Hep3Framing();
    private long unframed;
    private long waitedNanos;
    private long pulledAt;

    Logic() {
      super(shape);
      setHandler(
          in,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              waitedNanos += System.nanoTime() - pulledAt;
              frame(Bytes.of(grab(in).toArrayUnsafe()));
            }

            @Override
            public void onUpstreamFinish() {
              end();
            }

            /// A connection that was reset has ended; what came before counts.
            @Override
            public void onUpstreamFailure(Throwable reset) {
              end();
            }
          });
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              readMore();
            }
          });
    }

    @Override
    public void preStart() {
      var least =
          idleTimeout.isZero() || idleTimeout.compareTo(frameTimeout) > 0
              ? frameTimeout
              : idleTimeout;
      scheduleWithFixedDelay(Tick.CHECK, least, least.dividedBy(4));
    }

    private void readMore() {
      pulledAt = System.nanoTime();
      pull(in);
    }

    private void frame(Bytes bytes) {
      framing.push(bytes);
      unframed += bytes.length();
      var frames = new ArrayList<Bytes>();
      while (true) {
        switch (framing.next()) {
          case Hep3Framing.Frame(var frame) -> {
            frames.add(frame);
            unframed -= frame.length();
            waitedNanos = 0;
          }
          case Hep3Framing.NeedMore _ -> {
            passOn(frames);
            return;
          }
          case Hep3Framing.Malformed(_, var reason, var detail) -> {
            malformed.accept(reason, detail);
            passOnAndEnd(frames);
            return;
          }
        }
      }
    }

    private void passOn(List<Bytes> frames) {
      if (unframed == 0) {
        waitedNanos = 0;
      }
      if (frames.isEmpty()) {
        readMore();
      } else {
        push(out, frames);
      }
    }

    private void passOnAndEnd(List<Bytes> frames) {
      if (!frames.isEmpty()) {
        push(out, frames);
      }
      completeStage();
    }

    private void end() {
      if (unframed > 0) {
        malformed.accept("cut-short", unframed + " bytes of a frame (its rest)");
      }
      completeStage();
    }

    @Override
    public void onTimer(Object timer) {
      if (!hasBeenPulled(in)) {
        return;
      }
      long waiting = System.nanoTime() - pulledAt;
      if (unframed == 0 && !idleTimeout.isZero() && waiting >= idleTimeout.toNanos()) {
        idled.run();
        completeStage();
      } else if (unframed > 0 && waitedNanos + waiting >= frameTimeout.toNanos()) {
        malformed.accept(
            "frame-timeout",
            unframed + " bytes of a frame for " + frameTimeout.toSeconds() + " s (its rest)");
        completeStage();
      }
    }
  }
}
