package io.sipscope.persistence.wire;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// Compresses captures, each burst by itself, as one Zstandard frame (RFC 8878) that says how large
/// its content is and which [SipDictionary] it needs, and has a checksum: a flipped bit is found,
/// not turned into another message. Standard frames, so that the `zstd` program reads a journal
/// too (`zstd -d -D sip-1.zdict`).
public final class SipFrames {
  /// The largest content that is compressed, and so the most that a damaged head can have a reader
  /// allocate. A burst has less (`sipscope.ingest.burst-bytes` goes to 768 KiB), unless a single
  /// message is larger.
  public static final int LARGEST = 4 << 20;

  /// Contexts kept for the next to come: more threads than that rarely compress at once. A context
  /// is some 100 KB of native memory, kept here rather than by each thread, of which there may be
  /// many.
  private static final int KEPT = 32;

  /// What almost every burst needs at most.
  private static final int USUAL = 64 << 10;

  private static final BlockingQueue<Press> PRESSES = new ArrayBlockingQueue<>(KEPT);
  private static final BlockingQueue<ZstdDecompressCtx> READERS = new ArrayBlockingQueue<>(KEPT);

  private SipFrames() {}

  /// Loads the native library and the dictionaries now rather than with the first burst: where that
  /// fails, a node does not start.
  public static void load() {
    SipDictionary.NEWEST.writing();
  }

  /// What one thread compresses with at a time.
  private static final class Press {
    final ZstdCompressCtx context =
        new ZstdCompressCtx()
            .setChecksum(true)
            .setContentSize(true)
            .setDictID(true)
            .loadDict(SipDictionary.NEWEST.writing());
    byte[] scratch = new byte[USUAL];
  }

  /// @param length how many bytes of it to compress, at most [#LARGEST]
  /// @param before how many bytes to leave free before the frame
  public static byte[] compress(byte[] content, int length, int before) {
    var waiting = PRESSES.poll();
    var press = waiting == null ? new Press() : waiting;
    int bound = (int) Zstd.compressBound(length);
    var scratch = bound <= USUAL ? press.scratch : new byte[bound];
    try {
      int size = press.context.compressByteArray(scratch, 0, scratch.length, content, 0, length);
      var frame = new byte[before + size];
      System.arraycopy(scratch, 0, frame, before, size);
      return frame;
    } finally {
      if (!PRESSES.offer(press)) {
        press.context.close();
      }
    }
  }

  public static byte[] decompress(byte[] frame) throws Unreadable {
    var head = FrameHead.read(frame);
    if (head.contentSize() < 0 || head.contentSize() > LARGEST) {
      throw new Unreadable(
          "content of "
              + Long.toUnsignedString(head.contentSize())
              + " bytes (at most "
              + LARGEST
              + ")");
    }
    var dictionary = SipDictionary.of(head.dictionary());
    var content = new byte[(int) head.contentSize()];
    var waiting = READERS.poll();
    var context = waiting == null ? new ZstdDecompressCtx() : waiting;
    try {
      // The context would take skippable and further frames behind the first.
      long length = Zstd.findFrameCompressedSize(frame);
      if (length != frame.length) {
        throw new Unreadable((frame.length - length) + " bytes after the frame");
      }
      int size = context.loadDict(dictionary.reading()).decompress(content, frame);
      if (size != content.length) {
        throw new Unreadable(
            "content of " + size + " bytes (its head says " + content.length + ")");
      }
    } catch (ZstdException e) {
      var unreadable = new Unreadable("damaged frame: " + e.getMessage());
      unreadable.initCause(e);
      throw unreadable;
    } finally {
      if (!READERS.offer(context)) {
        context.close();
      }
    }
    return content;
  }
}
