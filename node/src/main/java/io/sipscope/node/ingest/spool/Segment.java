package io.sipscope.node.ingest.spool;

import io.sipscope.node.ingest.Arrival;
import io.sipscope.node.ingest.Origin;
import io.sipscope.node.ingest.spool.SpoolRecord.Cut;
import io.sipscope.node.ingest.spool.SpoolRecord.Damaged;
import io.sipscope.node.ingest.spool.SpoolRecord.Whole;
import io.sipscope.node.spool.SegmentFile;
import io.sipscope.protocol.dialog.Seen;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file of the spool: written at its end, read from its beginning, and of no use any more once
/// all that was read of it is stored. Of one thread, but for [#stored].
///
/// `segment = "SIPSPOOL"(8) record*`, see [SpoolRecord].
final class Segment implements Origin {
  private static final Logger LOG = LoggerFactory.getLogger(Segment.class);

  /// The letters `SIPSPOOL`, and with them the version of what follows.
  private static final long MAGIC = 0x53495053504f4f4cL;

  private static final int HEAD = SegmentFile.HEAD;

  /// Read at once: some hundred messages.
  private static final int CHUNK = 128 << 10;

  private final SegmentFile file;
  private final boolean found;
  private final Consumer<Segment> unused;
  private final AtomicLong open = new AtomicLong(1); // the reading itself
  private long readAt = HEAD;
  private boolean sealed;

  private Segment(SegmentFile file, boolean found, Consumer<Segment> unused) {
    this.file = file;
    this.found = found;
    this.unused = unused;
    this.sealed = found;
  }

  /// @param unused called once, on any thread, when it was read to its end and all is stored
  static Segment create(Path file, Consumer<Segment> unused) throws IOException {
    return new Segment(SegmentFile.create(file, MAGIC), false, unused);
  }

  /// A segment that an earlier process left.
  static Segment found(Path file, Consumer<Segment> unused) throws IOException {
    return new Segment(SegmentFile.found(file), true, unused);
  }

  long length() {
    return file.length();
  }

  boolean isSealed() {
    return sealed;
  }

  /// Whether an earlier process wrote it.
  boolean wasFound() {
    return found;
  }

  boolean isRead() {
    return readAt >= length();
  }

  /// No more is written to it.
  void seal() {
    sealed = true;
  }

  /// Writes all or, as far as it is known afterwards, nothing.
  void append(ByteBuffer records) throws IOException {
    try {
      file.append(records);
    } catch (IOException e) {
      sealed = true;
      throw e;
    }
  }

  /// The next messages, which tell this segment when they are stored; empty when there are no more
  /// by now. What is torn or damaged ends it.
  List<Arrival> read() throws IOException {
    var arrivals = new ArrayList<Arrival>();
    var bytes = file.bytes(readAt, CHUNK);
    if (readAt == HEAD && !file.hasMagic(MAGIC)) {
      end("it does not begin with SIPSPOOL");
      return arrivals;
    }
    var next = SpoolRecord.next(bytes);
    if (next instanceof Cut(int size) && size > bytes.limit() && size <= length() - readAt) {
      bytes = file.bytes(readAt, size);
      next = SpoolRecord.next(bytes);
    }
    while (next instanceof Whole(var key, var capture)) {
      arrivals.add(new Arrival(key, capture, this));
      next = SpoolRecord.next(bytes);
    }
    readAt += bytes.position();
    switch (next) {
      case Damaged(var why) -> end(why);
      case Cut(int size) when readAt < length() && readAt + size > length() -> end("torn");
      case Cut _, Whole _ -> {}
    }
    open.addAndGet(arrivals.size());
    return arrivals;
  }

  private void end(String why) {
    LOG.warn(
        "{} is read up to byte {} of {}: {}, as a process that was killed leaves it",
        file.file(),
        readAt,
        length(),
        why);
    readAt = length();
  }

  @Override
  public void stored(Seen seen) {
    close();
  }

  /// It was read to its end.
  void readEnded() {
    close();
  }

  private void close() {
    if (open.decrementAndGet() == 0) {
      unused.accept(this);
    }
  }

  /// Lets go of the file, which stays.
  void release() throws IOException {
    file.release();
  }

  void delete() throws IOException {
    file.delete();
  }
}
