package io.sipscope.node.trace;

import io.sipscope.node.linux.UnixDatagrams;
import io.sipscope.persistence.trace.TracedMessage;
import io.sipscope.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/// Traced messages to the syslog of this machine, in the form that its library writes and `logger`
/// too (RFC 3164 §4.1.1 without the host): `<PRI>Mmm dd hh:mm:ss sipscope[PID]: `, and the message.
final class LocalSyslog implements Delivery {
  /// Where every syslog of Linux listens.
  static final Path LISTENS = Path.of("/dev/log");

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT);

  /// A tenth of what Linux lets a local socket hold: a larger one is not taken.
  private static final int MOST = 200_000;

  private static final long ROOM_NANOS = 1_000_000_000L;
  private static final long PAUSE_NANOS = 2_000_000L;

  private final Path path;
  private final int priority;
  private final TextRecord record = new TextRecord();
  private final LocalTime time = new LocalTime(ZoneId.systemDefault());
  private final String tag = "sipscope[" + ProcessHandle.current().pid() + "]: ";
  private UnixDatagrams socket;

  private final OneByOne messages = new OneByOne();

  LocalSyslog(Path path, int facility, int severity) {
    this.path = path;
    this.priority = facility * 8 + severity;
  }

  @Override
  public void open() throws Away {
    if (socket == null) {
      try {
        socket = UnixDatagrams.connected(path);
      } catch (IOException e) {
        throw new Away(Away.said(e), e);
      }
    }
  }

  @Override
  public int deliver(List<TracedMessage> batch) throws Away {
    open();
    try {
      return messages.deliver(batch, this::send);
    } catch (IOException e) {
      close();
      throw new Away(Away.said(e), e);
    }
  }

  /// A syslog that has much to do has no room for a moment.
  private boolean send(TracedMessage message) throws IOException {
    var line = line(message);
    if (line.length > MOST) {
      return false;
    }
    long end = System.nanoTime() + ROOM_NANOS;
    while (!socket.send(line)) {
      if (System.nanoTime() > end) {
        throw new IOException(path + " takes nothing");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return true;
  }

  private byte[] line(TracedMessage message) {
    var date = DATE.format(time.of(message.capture().time()));
    var line = new ByteArrayOutputStream();
    line.writeBytes(Bytes.of("<" + priority + ">" + date + " " + tag).toArray());
    line.writeBytes(record.inSyslog(message));
    return line.toByteArray();
  }

  /// It is sent without waiting.
  @Override
  public void abort() {}

  @Override
  public void close() {
    Closing.of(socket);
    socket = null;
  }
}
