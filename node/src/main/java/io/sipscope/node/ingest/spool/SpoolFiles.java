package io.sipscope.node.ingest.spool;

import io.sipscope.node.ingest.Arrival;
import io.sipscope.node.ingest.Batch;
import io.sipscope.node.spool.SpoolFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files of the spool: messages go in at the end of the last and come out at the beginning of
/// the first, also after a restart. A file goes when all that came out of it is stored.
///
/// Everything is done by one thread of its own, which ends when it is idle. Nothing is forced to
/// the disk: what was written survives kill -9 of the process, and not the power cut of a machine
/// by which the last seconds are lost.
final class SpoolFiles {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolFiles.class);

  /// Small enough that room comes back as it is read, large enough to be few.
  private static final long SEGMENT_BYTES = 16L << 20;

  private static final long IDLE_SECONDS = 10;

  private final SpoolFolder folder;
  private final ThreadPoolExecutor thread;
  private final ArrayDeque<Segment> segments = new ArrayDeque<>();
  private final AtomicLong bytes = new AtomicLong();

  /// @param foundEarlier how many of them an earlier process had received
  record Taken(Batch batch, int foundEarlier) {
    static final Taken NOTHING = new Taken(new Batch(List.of()), 0);

    boolean isNothing() {
      return batch.arrivals().isEmpty();
    }
  }

  SpoolFiles(Path folder) {
    this.folder = new SpoolFolder(folder);
    thread =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), // a few: who asks waits for the answer
            Thread.ofPlatform().name("ingest-spool").daemon().factory(),
            // After the end a file may stay that could go: the next start finds all of it known.
            new ThreadPoolExecutor.DiscardPolicy());
    thread.allowCoreThreadTimeOut(true);
  }

  /// Whether an earlier process left something.
  boolean hasSome() {
    try {
      return !folder.segments().isEmpty();
    } catch (IOException e) {
      LOG.warn("the spool cannot be looked into: {}", e.toString());
      return false;
    }
  }

  /// Bytes on the disk.
  long bytes() {
    return bytes.get();
  }

  /// Adds messages at the end; answers how many. When it fails, none was added.
  CompletionStage<Integer> append(List<Batch> batches) {
    return run(
        () -> {
          open();
          var arrivals = new ArrayList<Arrival>();
          batches.forEach(batch -> arrivals.addAll(batch.arrivals()));
          var records = SpoolRecord.of(arrivals);
          int size = records.remaining();
          lastForWriting().append(records);
          bytes.addAndGet(size);
          return arrivals.size();
        });
  }

  /// Takes messages off the beginning; nothing when all were taken.
  CompletionStage<Taken> take() {
    return run(
        () -> {
          open();
          while (!segments.isEmpty()) {
            var first = segments.getFirst();
            var arrivals = read(first);
            if (!arrivals.isEmpty()) {
              return new Taken(new Batch(arrivals), first.wasFound() ? arrivals.size() : 0);
            }
            if (first == segments.peekFirst()) {
              if (!first.isSealed()) {
                return Taken.NOTHING;
              }
              segments.removeFirst().readEnded();
            }
          }
          return Taken.NOTHING;
        });
  }

  /// What cannot be read stays where it is, for the next start.
  private List<Arrival> read(Segment segment) throws IOException {
    try {
      return segment.read();
    } catch (IOException e) {
      LOG.warn("a segment of the spool cannot be read: {}", e.toString());
      segments.removeFirst().release();
      return List.of();
    }
  }

  /// All was taken: what comes later goes into another file.
  void seal() {
    thread.execute(
        () -> {
          while (!segments.isEmpty() && segments.getFirst().isRead()) {
            segments.getFirst().seal();
            segments.removeFirst().readEnded();
          }
        });
  }

  /// What was not taken stays, for the next start.
  void close() {
    thread.execute(this::release);
    thread.shutdown();
  }

  private Segment lastForWriting() throws IOException {
    var last = segments.peekLast();
    if (last != null && !last.isSealed() && last.length() < SEGMENT_BYTES) {
      return last;
    }
    if (last != null) {
      last.seal();
    }
    var next = Segment.create(folder.next(), this::storedAllOf);
    bytes.addAndGet(next.length());
    segments.addLast(next);
    return next;
  }

  private void storedAllOf(Segment segment) {
    thread.execute(() -> delete(segment));
  }

  private void delete(Segment segment) {
    try {
      segment.delete();
      bytes.addAndGet(-segment.length());
    } catch (IOException e) {
      LOG.warn("a segment of the spool cannot be deleted: {}", e.toString());
    }
  }

  /// Takes hold of the folder, and of what an earlier process left there.
  private void open() throws IOException {
    if (folder.isOpen()) {
      return;
    }
    folder.open();
    for (var left : folder.segments()) {
      var segment = Segment.found(left, this::storedAllOf);
      bytes.addAndGet(segment.length());
      segments.addLast(segment);
    }
  }

  private void release() {
    try {
      for (var segment : segments) {
        segment.release();
      }
      folder.close();
    } catch (IOException e) {
      LOG.debug("the spool could not be closed", e);
    }
  }

  // Error Prone wants no catch-all; here every failure must reach whoever waits for the answer.
  private <T> CompletionStage<T> run(Callable<T> work) {
    var answer = new CompletableFuture<T>();
    thread.execute(
        () -> {
          try {
            answer.complete(work.call());
          } catch (Exception e) {
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }
}
