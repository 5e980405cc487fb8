package io.sipscope.node.mi;

import io.sipscope.node.linux.CallFailed;
import io.sipscope.node.linux.Posix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The FIFO a caller made for an answer, open for writing. Everything here waits, for a bounded
/// time, and runs on a virtual thread of its own.
final class ReplyFifo implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReplyFifo.class);

  /// Callers open their FIFO right after they wrote the command.
  private static final Duration FOR_A_READER = Duration.ofSeconds(2);

  /// A caller that reads nothing for so long reads no more.
  private static final Duration FOR_ROOM = Duration.ofSeconds(5);

  private static final long PAUSE_NANOS = 5_000_000;

  private final int file;

  private ReplyFifo(int file) {
    this.file = file;
  }

  /// Empty when there is none that is to be trusted, or nobody comes to read it.
  static Optional<ReplyFifo> open(Path path) {
    long end = System.nanoTime() + FOR_A_READER.toNanos();
    while (FifoFile.at(path).filter(FifoFile::isPlainFifo).isPresent()) {
      try {
        return trusted(new ReplyFifo(Posix.open(path, Posix.WRITE_ONLY)), path);
      } catch (CallFailed e) {
        if (e.errno() != Posix.ENXIO || System.nanoTime() > end) {
          LOG.debug("nobody reads {}", path, e);
          return Optional.empty();
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    LOG.debug("{} is no FIFO, or is a link", path);
    return Optional.empty();
  }

  /// The name may have got another file between the look and the opening.
  private static Optional<ReplyFifo> trusted(ReplyFifo fifo, Path path) {
    var named = FifoFile.at(path);
    boolean trusted =
        FifoFile.open(fifo.file)
            .filter(FifoFile::isPlainFifo)
            .filter(open -> named.filter(open::isSameAs).isPresent())
            .isPresent();
    if (!trusted) {
      fifo.close();
    }
    return trusted ? Optional.of(fifo) : Optional.empty();
  }

  /// Writes it all, unless the caller stops reading.
  void write(String answer) {
    var bytes = answer.getBytes(StandardCharsets.UTF_8);
    long end = System.nanoTime() + FOR_ROOM.toNanos();
    int written = 0;
    try {
      while (written < bytes.length && System.nanoTime() < end) {
        int count = Posix.write(file, bytes, written);
        written += count;
        if (count == 0) {
          LockSupport.parkNanos(PAUSE_NANOS);
        } else {
          end = System.nanoTime() + FOR_ROOM.toNanos();
        }
      }
    } catch (IOException e) {
      LOG.debug("the reader of an answer is gone", e);
    }
  }

  @Override
  public void close() {
    try {
      Posix.close(file);
    } catch (IOException e) {
      LOG.debug("closing a reply FIFO failed", e);
    }
  }
}
