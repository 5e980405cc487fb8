package io.sipscope.bench.chaos;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A small disk of its own (tmpfs), which can be filled to its last byte. Only root may mount one.
final class Volume {
  private static final int LARGE = 1 << 20;

  /// What a file system gives at least.
  private static final int SMALL = 1 << 12;

  /// What somebody else lets go of is taken so soon.
  private static final long AGAIN_MILLIS = 50;

  private final Path folder;
  private Thread filling = new Thread();
  private volatile boolean full;
  private boolean mounted = true;

  private Volume(Path folder) {
    this.folder = folder;
  }

  /// @param folder is made; what is in it goes with the volume
  /// @param owner a number
  static Volume mount(Path folder, int mebibytes, String owner)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    var options = "size=%dm,uid=%s,gid=%s,mode=700".formatted(mebibytes, owner, owner);
    run(List.of("mount", "-t", "tmpfs", "-o", options, "sipscope-chaos", folder.toString()));
    return new Volume(folder);
  }

  /// Whether this process may.
  static boolean isPossible() throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("sipscope-volume-");
    try {
      mount(folder, 1, "0").unmount();
      return true;
    } catch (IOException _) {
      return false;
    } finally {
      Files.delete(folder);
    }
  }

  /// Takes all room, and what gets free meanwhile.
  void fill() throws IOException {
    full = true;
    var file = FileChannel.open(ballast(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    take(file, LARGE);
    take(file, SMALL);
    filling = Thread.ofPlatform().daemon().name("ballast").start(() -> keepFull(file));
  }

  void free() throws IOException, InterruptedException {
    full = false;
    filling.join();
    Files.deleteIfExists(ballast());
  }

  private void keepFull(FileChannel file) {
    try (file) {
      while (full) {
        take(file, SMALL);
        TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void take(FileChannel file, int size) throws IOException {
    var zeros = ByteBuffer.allocate(size);
    long end = file.size();
    try {
      while (true) {
        end += file.write(zeros.clear(), end);
      }
    } catch (IOException _) {
      // there is no room for as much: what was wanted
    }
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  /// What runs on it must have ended.
  void unmount() throws IOException, InterruptedException {
    full = false;
    filling.join();
    if (mounted) {
      run(List.of("umount", folder.toString()));
      mounted = false;
    }
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said.strip());
    }
  }
}
