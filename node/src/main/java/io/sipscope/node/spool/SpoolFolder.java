package io.sipscope.node.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;

/// Where the segments of a spool are, numbered in their order, and the lock by which another node
/// cannot take them. Of one thread.
public final class SpoolFolder {
  private static final String SUFFIX = ".segment";

  /// Sixteen digits, so that the order of the names is that of the numbers.
  private static final Pattern NAME = Pattern.compile("\\d{16}\\" + SUFFIX);

  /// A node holds this file's lock: another on the same folder must not take its segments.
  private static final String LOCK = "lock";

  private final Path folder;
  private FileChannel lockFile;
  private FileLock lock;
  private long nextNumber = 1;

  public SpoolFolder(Path folder) {
    this.folder = folder;
  }

  public boolean isOpen() {
    return lock != null;
  }

  /// Takes hold of the folder, which is made when it is missing.
  public void open() throws IOException {
    Files.createDirectories(folder);
    var file =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    lock = locked(file);
    if (lock == null) {
      file.close();
      throw new IOException(folder + " is another node's (each needs a folder of its own)");
    }
    lockFile = file;
    for (var left : segments()) {
      nextNumber = Math.max(nextNumber, number(left) + 1);
    }
  }

  /// Null when a node in this process or another has it.
  private static FileLock locked(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException inThisProcess) {
      return null;
    }
  }

  /// The segments that are there, in their order.
  public List<Path> segments() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
          .sorted()
          .toList();
    }
  }

  /// The file of the next segment, which is to be made.
  public Path next() {
    return folder.resolve("%016d".formatted(nextNumber++) + SUFFIX);
  }

  private static long number(Path file) {
    var name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
  }

  public void close() throws IOException {
    if (lock != null) {
      lock.release();
      lockFile.close();
      lock = null;
    }
  }
}
