package io.sipscope.node.trace;

import io.sipscope.persistence.trace.TracedMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/// Traced messages at the end of a file, which its owner alone may read. When the file was renamed
/// or removed, as a rotation does, the next batch goes into a new one.
final class TraceFile implements Delivery {
  private static final Set<StandardOpenOption> APPEND =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);

  private final Path path;
  private final TextRecord record = new TextRecord();
  private FileChannel channel;
  private Object key;

  TraceFile(Path path) {
    this.path = path;
  }

  @Override
  public void open() throws Away {
    try {
      if (channel != null && !isThere()) {
        close();
      }
      if (channel == null) {
        channel = opened();
        key = key();
      }
    } catch (IOException e) {
      throw new Away("it cannot be opened: " + e, e);
    }
  }

  private FileChannel opened() throws IOException {
    if (Files.isSymbolicLink(path) || Files.isRegularFile(path) || !Files.exists(path)) {
      boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
      return posix
          ? FileChannel.open(
              path,
              APPEND,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
          : FileChannel.open(path, APPEND);
    }
    throw new IOException(path + " is no file");
  }

  private boolean isThere() throws IOException {
    try {
      return key().equals(key);
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  /// What tells a file from another of the same name; where there is no such thing, the path.
  private Object key() throws IOException {
    var key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    return key == null ? path : key;
  }

  @Override
  public int deliver(List<TracedMessage> batch) throws Away {
    open();
    var bytes = new ByteArrayOutputStream();
    for (var message : batch) {
      bytes.writeBytes(record.inFile(message));
    }
    try {
      write(ByteBuffer.wrap(bytes.toByteArray()));
      return 0;
    } catch (IOException e) {
      close();
      throw new Away("it cannot be written: " + e, e);
    }
  }

  /// All or, where the disk is full in the middle, nothing.
  private void write(ByteBuffer bytes) throws IOException {
    long before = channel.size();
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      channel.truncate(before);
      throw e;
    }
  }

  /// A file answers, or its system has other troubles.
  @Override
  public void abort() {}

  @Override
  public void close() {
    Closing.of(channel);
    channel = null;
  }
}
