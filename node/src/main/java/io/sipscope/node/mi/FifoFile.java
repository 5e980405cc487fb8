package io.sipscope.node.mi;

import io.sipscope.node.BadSetting;
import io.sipscope.node.linux.CallFailed;
import io.sipscope.node.linux.Posix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/// The file of a FIFO: what it is, whether it is to be trusted, and how it is made.
///
/// @param inode as `device:inode`, which tells one FIFO from the next of the same name
/// @param links hard links to it
record FifoFile(Path path, boolean isFifo, String inode, int links, int owner) {
  /// The owner and the group may write commands.
  private static final int MODE = 0660;

  private static final String PERMISSIONS = "rw-rw----";
  private static final int TYPE_MASK = 0170000;
  private static final int FIFO_TYPE = 0010000;
  private static final Path SELF = Path.of("/proc/self");

  /// Empty when there is no such file. A symbolic link is what it is, not where it leads.
  static Optional<FifoFile> at(Path path) {
    return read(path, LinkOption.NOFOLLOW_LINKS);
  }

  /// The file that is open.
  static Optional<FifoFile> open(int file) {
    return read(SELF.resolve("fd/" + file));
  }

  private static Optional<FifoFile> read(Path path, LinkOption... options) {
    try {
      return Optional.of(
          of(path, Files.readAttributes(path, "unix:mode,dev,ino,nlink,uid", options)));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static FifoFile of(Path path, Map<String, Object> attributes) {
    return new FifoFile(
        path,
        (number(attributes, "mode") & TYPE_MASK) == FIFO_TYPE,
        attributes.get("dev") + ":" + attributes.get("ino"),
        number(attributes, "nlink"),
        number(attributes, "uid"));
  }

  private static int number(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof Number number ? number.intValue() : -1;
  }

  /// Whether it is a FIFO under one name only.
  boolean isPlainFifo() {
    return isFifo && links == 1;
  }

  boolean isSameAs(FifoFile other) {
    return inode.equals(other.inode);
  }

  /// Makes the FIFO, or takes over one that was left behind.
  ///
  /// @throws BadSetting when something else is there, or it cannot be made
  static FifoFile make(Path path) {
    at(path).ifPresent(FifoFile::refuseUnlessOurs);
    try {
      Posix.mkfifo(path, MODE);
    } catch (CallFailed e) {
      if (e.errno() != Posix.EEXIST) {
        throw bad(path, "in a directory where this process may make a FIFO (" + said(e) + ")");
      }
    }
    try {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(PERMISSIONS));
    } catch (IOException e) {
      throw bad(path, "a FIFO whose permissions can be set (" + e.getMessage() + ")");
    }
    return at(path)
        .filter(FifoFile::isPlainFifo)
        .orElseThrow(() -> bad(path, "a FIFO that stays where it was made"));
  }

  private static void refuseUnlessOurs(FifoFile file) {
    if (!file.isPlainFifo()) {
      throw bad(
          file.path(),
          "a FIFO or a free name, and not a plain file, a directory, a device or a link");
    }
    int self = read(SELF).map(FifoFile::owner).orElse(-1);
    if (file.owner() != self) {
      throw bad(file.path(), "a FIFO of this process's own user, not of user id " + file.owner());
    }
    if (isRead(file.path())) {
      throw bad(file.path(), "a FIFO that no other process reads");
    }
  }

  private static boolean isRead(Path path) {
    try {
      Posix.close(Posix.open(path, Posix.WRITE_ONLY));
      return true;
    } catch (CallFailed e) {
      return e.errno() != Posix.ENXIO;
    }
  }

  private static String said(CallFailed failure) {
    return String.valueOf(failure.getMessage());
  }

  private static BadSetting bad(Path path, String wanted) {
    return new BadSetting(MiFifoSettings.PATH, path.toString(), wanted);
  }
}
