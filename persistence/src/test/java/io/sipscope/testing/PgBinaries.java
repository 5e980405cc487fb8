package io.sipscope.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's programs, out of the jar on the class path, unpacked once a version and user.
final class PgBinaries {
  private static final Pattern VERSION = Pattern.compile("binaries-linux-([^!/]*)\\.jar");
  private static final String COMPLETE = ".complete";
  private static final int ANY_EXECUTE = 0111;

  private PgBinaries() {}

  /// The folder with `bin/initdb` and `bin/postgres`. Other processes may unpack at the same
  /// time: each into a folder of its own, and the first to be done wins.
  static synchronized Path unpacked() {
    var archive = PgBinaries.class.getResource("/postgres-linux-" + architecture() + ".txz");
    if (archive == null) {
      throw new IllegalStateException("no jar with PostgreSQL's binaries is on the class path");
    }
    var root = Path.of(System.getProperty("java.io.tmpdir"));
    var folder = root.resolve("sipscope-postgres-" + user() + "-" + version(archive));
    try {
      if (Files.exists(folder.resolve(COMPLETE))) {
        return folder;
      }
      var fresh = openFolder(root, "sipscope-postgres-new-");
      unpack(archive, fresh);
      Files.createFile(fresh.resolve(COMPLETE));
      publish(fresh, folder);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A new folder that another user, which a server may have to run as, can look into.
  static Path openFolder(Path root, String prefix) throws IOException {
    var folder = Files.createTempDirectory(root, prefix);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    return folder;
  }

  static void delete(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static void publish(Path fresh, Path folder) throws IOException {
    try {
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.exists(folder.resolve(COMPLETE))) {
        throw e;
      }
      delete(fresh);
    }
  }

  private static void unpack(URL archive, Path folder) throws IOException {
    try (InputStream packed = archive.openStream();
        var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(entry, tar, folder.resolve(entry.getName()).normalize());
      }
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path target)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(content, target);
    if ((entry.getMode() & ANY_EXECUTE) != 0) {
      Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static String architecture() {
    var name = System.getProperty("os.arch");
    return switch (name) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64" -> "arm_64";
      default -> throw new IllegalStateException("no PostgreSQL binaries for " + name);
    };
  }

  private static String version(URL archive) {
    var match = VERSION.matcher(archive.getPath());
    return match.find() ? match.group(1) : "unknown";
  }

  private static String user() {
    return System.getProperty("user.name").replaceAll("[^A-Za-z0-9]", "_");
  }
}
