package io.sipscope.node.trace;

import io.sipscope.node.spool.Framed;
import io.sipscope.node.spool.SegmentFile;
import io.sipscope.node.spool.SpoolFolder;
import io.sipscope.persistence.trace.TracedMessage;
import io.sipscope.persistence.wire.Unreadable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What waits on the disk for one destination, in its order, also after a restart. How far it was
/// taken is in a file beside the segments, so that a process that is killed repeats one batch at
/// most. Of one lane, which locks.
///
/// Nothing is forced to the disk: what was written survives kill -9 of the process, and not the
/// power cut of a machine by which the last seconds are lost.
final class TraceSpool {
  private static final Logger LOG = LoggerFactory.getLogger(TraceSpool.class);

  /// The letters `SIPTRACE`.
  private static final long MAGIC = 0x5349505452414345L;

  /// Small enough that room comes back as it is taken, large enough to be few.
  private static final long SEGMENT_BYTES = 16L << 20;

  /// Read at once: some hundred messages.
  private static final int CHUNK = 256 << 10;

  /// `first segment's file name, its position(i64)`
  private static final String TAKEN = "taken";

  private static final int NAME_BYTES = "0000000000000000.segment".length();

  private final Path path;
  private final SpoolFolder folder;
  private final long room;
  private final Tally tally;
  private final ArrayDeque<SegmentFile> segments = new ArrayDeque<>();
  private FileChannel taken;
  private SegmentFile writing;
  private long takenTo;
  private long peekedTo;
  private volatile long bytes;

  private TraceSpool(Path path, long room, Tally tally) {
    this.path = path;
    this.folder = new SpoolFolder(path);
    this.room = room;
    this.tally = tally;
  }

  /// Takes hold of what an earlier process left there; makes nothing where there is none.
  ///
  /// @param room bytes on the disk at most; 0 = none at all
  static TraceSpool of(Path path, long room, Tally tally) throws IOException {
    var spool = new TraceSpool(path, room, tally);
    if (room > 0 && Files.isDirectory(path)) {
      spool.open();
    }
    return spool;
  }

  static TraceSpool none(Path path, Tally tally) {
    return new TraceSpool(path, 0, tally);
  }

  private void open() throws IOException {
    if (folder.isOpen()) {
      return;
    }
    folder.open();
    taken =
        FileChannel.open(
            path.resolve(TAKEN),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    var mark = mark();
    for (var left : folder.segments()) {
      int order = mark.name().compareTo(left.getFileName().toString());
      if (order > 0) {
        Files.delete(left); // it was taken, and not deleted any more
      } else {
        segments.addLast(SegmentFile.found(left));
        takenTo = order == 0 ? mark.at() : takenTo;
      }
    }
    takenTo = Math.max(takenTo, SegmentFile.HEAD);
    peekedTo = takenTo;
    measure();
  }

  private record Mark(String name, long at) {
    static final Mark NONE = new Mark("", 0);
  }

  private Mark mark() throws IOException {
    var bytes = ByteBuffer.allocate(NAME_BYTES + Long.BYTES);
    if (taken.read(bytes, 0) < bytes.capacity()) {
      return Mark.NONE;
    }
    var name = new String(bytes.array(), 0, NAME_BYTES, StandardCharsets.US_ASCII);
    return new Mark(name, bytes.getLong(NAME_BYTES));
  }

  boolean isOn() {
    return room > 0;
  }

  boolean isEmpty() {
    return segments.isEmpty();
  }

  /// On the disk. From any thread.
  long bytes() {
    return bytes;
  }

  /// Adds messages at the end; answers for how many there was room.
  int append(List<TracedMessage> messages) throws IOException {
    if (room == 0) {
      return 0;
    }
    open();
    var bodies = new ArrayList<byte[]>(messages.size());
    long free = room - bytes - SegmentFile.HEAD;
    for (var message : messages) {
      var body = TracedWire.write(message);
      free -= Framed.HEAD + body.length;
      if (free < 0) {
        break;
      }
      bodies.add(body);
    }
    if (!bodies.isEmpty()) {
      forWriting().append(Framed.of(bodies));
      measure();
    }
    return bodies.size();
  }

  private SegmentFile forWriting() throws IOException {
    if (writing == null || writing.length() >= SEGMENT_BYTES) {
      if (segments.isEmpty()) {
        takenTo = SegmentFile.HEAD;
        peekedTo = takenTo;
      }
      writing = SegmentFile.create(folder.next(), MAGIC);
      segments.addLast(writing);
    }
    return writing;
  }

  /// The first messages, which stay until [#advance]; none when there are none.
  List<TracedMessage> peek(int most) throws IOException {
    var messages = new ArrayList<TracedMessage>();
    peekedTo = takenTo;
    while (!segments.isEmpty() && messages.isEmpty()) {
      read(segments.getFirst(), most, messages);
      if (messages.isEmpty()) {
        advance();
      }
    }
    return messages;
  }

  private void read(SegmentFile segment, int most, List<TracedMessage> messages)
      throws IOException {
    if (peekedTo == SegmentFile.HEAD && !segment.hasMagic(MAGIC)) {
      damaged(segment, "it does not begin with SIPTRACE", segment.length());
      return;
    }
    var bytes = segment.bytes(peekedTo, CHUNK);
    long start = peekedTo;
    while (messages.size() < most && peekedTo < segment.length()) {
      switch (Framed.next(bytes)) {
        case Framed.Whole(var body) -> {
          peekedTo = start + bytes.position();
          read(segment, body.array(), messages);
        }
        case Framed.Damaged(var why, int size) -> {
          long next = peekedTo + size;
          damaged(segment, why, size == 0 || next > segment.length() ? segment.length() : next);
          bytes = segment.bytes(peekedTo, CHUNK);
          start = peekedTo;
        }
        case Framed.Cut(int size) -> {
          if (peekedTo + size > segment.length()) {
            damaged(segment, "torn", segment.length());
          } else if (messages.isEmpty()) {
            bytes = segment.bytes(peekedTo, Math.max(CHUNK, size));
            start = peekedTo;
          } else {
            return;
          }
        }
      }
    }
  }

  private void read(SegmentFile segment, byte[] body, List<TracedMessage> messages) {
    try {
      messages.add(TracedWire.read(body));
    } catch (Unreadable e) {
      damaged(segment, e.getMessage(), peekedTo);
    }
  }

  private void damaged(SegmentFile segment, String why, long next) {
    LOG.warn(
        "{} is damaged at byte {} of {}: {}; it is read on from byte {}",
        segment.file(),
        peekedTo,
        segment.length(),
        why,
        next);
    tally.dropped(Tally.Drop.DAMAGED, 1);
    peekedTo = next;
  }

  /// What was peeked last is delivered, and goes.
  void advance() throws IOException {
    takenTo = peekedTo;
    var first = segments.peekFirst();
    if (first != null && takenTo >= first.length()) {
      segments.removeFirst();
      writing = first == writing ? null : writing;
      first.delete();
      takenTo = SegmentFile.HEAD;
      peekedTo = takenTo;
      first = segments.peekFirst();
    }
    if (first != null) {
      var mark = ByteBuffer.allocate(NAME_BYTES + Long.BYTES);
      mark.put(first.file().getFileName().toString().getBytes(StandardCharsets.US_ASCII));
      taken.write(mark.putLong(takenTo).flip(), 0);
    }
    measure();
  }

  /// What there is counts as peeked: it was appended to nothing.
  void peekAll() {
    peekedTo = segments.getFirst().length();
  }

  private void measure() {
    long size = 0;
    for (var segment : segments) {
      size += segment.length();
    }
    bytes = size;
  }

  /// What was not taken stays, for the next start.
  void close() {
    try {
      for (var segment : segments) {
        segment.release();
      }
      if (taken != null) {
        taken.close();
      }
      folder.close();
    } catch (IOException e) {
      LOG.debug("the spool could not be closed", e);
    }
    segments.clear();
  }
}
