package io.sipscope.node.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file of a spool: records that are written at its end and read from anywhere. Of one thread.
///
/// `segment = magic(8) record*`, see [Framed].
public final class SegmentFile {
  public static final int HEAD = Long.BYTES;

  private final Path file;
  private final FileChannel channel;
  private long length;

  private SegmentFile(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    this.length = channel.size();
  }

  /// @param magic eight letters that say what is in it, and with them the version of that
  public static SegmentFile create(Path file, long magic) throws IOException {
    var channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    var segment = new SegmentFile(file, channel);
    try {
      segment.append(ByteBuffer.allocate(HEAD).putLong(0, magic));
      return segment;
    } catch (IOException e) {
      channel.close();
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /// One that an earlier process left; it is only read.
  public static SegmentFile found(Path file) throws IOException {
    return new SegmentFile(file, FileChannel.open(file, StandardOpenOption.READ));
  }

  public Path file() {
    return file;
  }

  /// Bytes in it, the magic's included.
  public long length() {
    return length;
  }

  /// Writes all or, as far as it is known afterwards, nothing.
  public void append(ByteBuffer records) throws IOException {
    long end = length;
    try {
      while (records.hasRemaining()) {
        end += channel.write(records, end);
      }
      length = end;
    } catch (IOException e) {
      channel.truncate(length);
      throw e;
    }
  }

  public boolean hasMagic(long magic) throws IOException {
    var head = ByteBuffer.allocate(HEAD);
    return channel.read(head, 0) == HEAD && head.getLong(0) == magic;
  }

  /// At most so many of the bytes from there on.
  public ByteBuffer bytes(long at, int most) throws IOException {
    var bytes = ByteBuffer.allocate(Math.clamp(length - at, 0, most));
    while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) > 0) {
      // a read may bring less than it could
    }
    return bytes.flip();
  }

  /// Lets go of the file, which stays.
  public void release() throws IOException {
    channel.close();
  }

  public void delete() throws IOException {
    channel.close();
    Files.delete(file);
  }
}
