package io.sipscope.node.trace;

import io.sipscope.persistence.statistics.Threshold;
import io.sipscope.persistence.trace.TracedMessage;
import io.sipscope.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;

/// HEP3 over TCP or TLS: frames one behind the other on one long-lived connection.
///
/// HEP has no acknowledgement: what was written may still be in a buffer when the connection
/// breaks. So what was written in the last [#DOUBTFUL], up to [#MOST_DOUBTFUL], is written again on
/// the next one, and the receiver may see it twice; but not when the receiver itself ended the
/// connection in order, which it does when it has read everything.
final class Stream implements Delivery {
  /// Longer than a network takes to deliver, or to break.
  private static final Duration DOUBTFUL = Duration.ofSeconds(5);

  /// What the buffers of both sides hold, about.
  private static final int MOST_DOUBTFUL = 512 << 10;

  /// Written at once: a receiver that takes this within the write timeout is slow, and not gone.
  private static final int PIECE = 16 << 10;

  private final Dial dial;
  private final HepFrames frames;
  private final Threshold threshold;
  private final ArrayDeque<Written> doubtful = new ArrayDeque<>();
  private int doubtfulBytes;
  private volatile Connection connection;
  private volatile Socket dialling;
  private volatile long progress;

  /// Whole frames.
  private record Written(Bytes bytes, long at) {}

  /// @param threshold how long it may take to connect and write
  Stream(Dial dial, HepFrames frames, Threshold threshold) {
    this.threshold = threshold;
    this.dial = dial;
    this.frames = frames;
  }

  @Override
  public void open() throws Away {
    var current = connection;
    if (current != null && !current.hasEnded()) {
      return;
    }
    if (current != null) {
      current.close();
      connection = null;
      if (current.endedInOrder()) {
        forget();
      }
    }
    var socket = new Socket();
    dialling = socket;
    try {
      progress = System.nanoTime();
      connection = new Connection(dial.connected(socket), socket);
    } catch (IOException e) {
      Closing.of(socket);
      throw new Away("it cannot be connected to: " + Away.said(e), e);
    }
    repeat();
  }

  /// What may not have arrived before the last connection broke.
  private void repeat() throws Away {
    long now = System.nanoTime();
    while (!doubtful.isEmpty() && now - doubtful.getFirst().at() > DOUBTFUL.toNanos()) {
      doubtfulBytes -= doubtful.removeFirst().bytes().length();
    }
    for (var written : doubtful) {
      write(written.bytes());
    }
  }

  private void forget() {
    doubtful.clear();
    doubtfulBytes = 0;
  }

  @Override
  public int deliver(List<TracedMessage> batch) throws Away {
    long begun = System.nanoTime();
    try {
      return sent(batch);
    } finally {
      threshold.took(System.nanoTime() - begun, () -> batch.getFirst().capture().sip().utf8());
    }
  }

  private int sent(List<TracedMessage> batch) throws Away {
    open();
    var bytes = new ByteArrayOutputStream();
    int refused = 0;
    for (var message : batch) {
      var frame = frames.frame(message);
      refused += frame.isEmpty() ? 1 : 0;
      bytes.write(frame.array(), frame.offset(), frame.length());
    }
    var written = new Written(Bytes.of(bytes.toByteArray()), System.nanoTime());
    write(written.bytes());
    remember(written);
    return refused;
  }

  private void write(Bytes bytes) throws Away {
    var current = connection;
    try {
      for (int at = 0; at < bytes.length(); at += PIECE) {
        progress = System.nanoTime();
        current.write(bytes.slice(at, Math.min(bytes.length(), at + PIECE)));
      }
    } catch (IOException e) {
      current.broke();
      throw new Away("the connection broke: " + Away.said(e), e);
    }
  }

  private void remember(Written written) {
    doubtful.addLast(written);
    doubtfulBytes += written.bytes().length();
    while (doubtful.size() > 1
        && (doubtfulBytes > MOST_DOUBTFUL
            || written.at() - doubtful.getFirst().at() > DOUBTFUL.toNanos())) {
      doubtfulBytes -= doubtful.removeFirst().bytes().length();
    }
  }

  @Override
  public long progress() {
    return progress;
  }

  @Override
  public void abort() {
    var current = connection;
    if (current != null) {
      current.broke();
    }
    Closing.of(dialling);
  }

  @Override
  public void close() {
    var current = connection;
    if (current != null) {
      current.close();
    }
  }
}
