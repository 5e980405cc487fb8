package io.sipscope.node.events;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/// Appends to a file, which is made when it is missing, its folder is not. One that was moved or
/// deleted, as logrotate does, is made anew within a second.
final class FileWire implements Wire {
  private static final long LOOKS_EVERY = 1_000_000_000L;

  private final Path path;
  private final String folder;
  private FileChannel channel;
  private Object key;
  private long lookedAt;

  /// @param folder beneath which it has to be; empty: anywhere
  FileWire(String path, String folder) {
    this.path = Path.of(path).normalize();
    this.folder = folder;
  }

  @Override
  public void send(byte[] payload) throws IOException {
    if (channel != null && System.nanoTime() - lookedAt > LOOKS_EVERY) {
      lookedAt = System.nanoTime();
      if (!found().map(BasicFileAttributes::fileKey).equals(Optional.ofNullable(key))) {
        close();
      }
    }
    if (channel == null) {
      open();
    }
    var bytes = ByteBuffer.wrap(payload);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private void open() throws IOException {
    if (!folder.isEmpty() && !isIn(Path.of(folder))) {
      throw new Outlet.Refused(path + " is not in " + folder);
    }
    var there = found();
    if (there.isPresent() && !there.get().isRegularFile()) {
      throw new Outlet.Refused(path + " is not a file");
    }
    channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    key = found().map(BasicFileAttributes::fileKey).orElse(null);
    lookedAt = System.nanoTime();
  }

  /// Whether it is there in truth, whatever links lead to it.
  private boolean isIn(Path folder) throws IOException {
    return path.startsWith(folder.normalize())
        && path.getParent().toRealPath().startsWith(folder.toRealPath());
  }

  /// A link is not followed: it may lead anywhere.
  private Optional<BasicFileAttributes> found() throws IOException {
    try {
      return Optional.of(
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        channel = null;
      }
    }
  }
}
