package io.sipscope.node.mi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.http.mi.MiCommand;
import io.sipscope.http.mi.MiOutcome;
import io.sipscope.http.mi.MiRecipe;
import io.sipscope.http.mi.MiRegistry;
import io.sipscope.node.BadSetting;
import io.sipscope.node.NodeApi;
import io.sipscope.node.linux.CallFailed;
import io.sipscope.node.linux.Posix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MiFifoTest {
  private static final String PING = "{\"jsonrpc\":\"2.0\",\"method\":\"ping\",\"id\":1}";
  private static final String PONG = "{\"jsonrpc\":\"2.0\",\"result\":\"" + "p".repeat(200_000);

  @TempDir private Path folder;

  private static final MiRegistry REGISTRY =
      new MiRegistry(List.of(command("ping", "OK"), command("long", "p".repeat(200_000))));

  private static MiCommand command(String name, String answer) {
    return MiCommand.of(
        name, "core:" + name, "", new MiRecipe(List.of(), _ -> MiOutcome.of(answer).now()));
  }

  private MiFifo open() {
    return MiFifo.open(new MiFifoSettings(true, path(), folder), REGISTRY);
  }

  private Path path() {
    return folder.resolve("mi");
  }

  private Path made(String name) throws CallFailed {
    var path = folder.resolve(name);
    Posix.mkfifo(path, 0600);
    return path;
  }

  private void write(String text) throws IOException {
    Files.writeString(path(), text, StandardOpenOption.WRITE);
  }

  /// What comes out of a FIFO until it is closed. To open one blocks, so it is no task for the
  /// common pool.
  private static CompletableFuture<String> read(Path reply) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return Files.readString(reply, StandardCharsets.UTF_8);
          } catch (IOException e) {
            return e.toString();
          }
        },
        task -> Thread.ofPlatform().daemon().start(task));
  }

  private String asked(String request, String reply) throws IOException {
    var answer = read(made(reply));
    write(request.replace("REPLY", reply));
    return answer.orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Test
  void bothErasAreAnsweredOnOneFifo() throws IOException {
    try (var _ = open()) {
      assertEquals(
          "rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(path())));
      assertEquals(
          "{\"jsonrpc\":\"2.0\",\"result\":\"OK\",\"id\":1}", asked(":REPLY:" + PING, "r1"));
      assertEquals("200 OK\n\n", asked(":ping:REPLY\n\n", "r2"));
      assertEquals("500 command 'nope' not available\n", asked(":nope:REPLY\n\n", "r3"));
    }
    assertFalse(Files.exists(path()));
  }

  @Test
  void aLongAnswerComesWhole() throws IOException {
    try (var _ = open()) {
      var answer = asked(":REPLY:" + PING.replace("ping", "long"), "r1");
      assertEquals(PONG + "\",\"id\":1}", answer);
    }
  }

  @Test
  void whoeverDoesNotReadStopsNobody() throws IOException {
    try (var _ = open()) {
      made("unread");
      for (int i = 0; i < 20; i++) {
        write(":unread:" + PING);
      }
      assertTrue(asked(":REPLY:" + PING, "r1").contains("OK"));
    }
  }

  @Test
  void theAnswerGoesToNoLinkAndNoFile() throws Exception {
    try (var _ = open()) {
      var file = Files.writeString(folder.resolve("file"), "mine");
      Files.createSymbolicLink(folder.resolve("link"), made("target"));
      Files.createLink(folder.resolve("hard"), made("twice"));
      var target = read(folder.resolve("target"));
      var twice = read(folder.resolve("twice"));
      for (var reply : List.of("file", "link", "hard", "absent")) {
        write(":" + reply + ":" + PING);
      }
      assertTrue(asked(":REPLY:" + PING, "r1").contains("OK"));
      assertEquals("mine", Files.readString(file));
      assertFalse(target.isDone());
      assertFalse(twice.isDone());
      Files.writeString(folder.resolve("target"), "", StandardOpenOption.WRITE);
      Files.writeString(folder.resolve("twice"), "", StandardOpenOption.WRITE);
    }
  }

  @Test
  void whatIsNoFifoIsRefused() throws IOException {
    Files.writeString(path(), "");
    assertTrue(
        assertThrows(BadSetting.class, this::open).getMessage().contains("sipscope.mi.fifo.path"));
    assertTrue(Files.exists(path()));

    Files.delete(path());
    Files.createSymbolicLink(path(), made("elsewhere"));
    assertThrows(BadSetting.class, this::open);

    Files.delete(path());
    Files.createDirectory(path());
    assertThrows(BadSetting.class, this::open);
  }

  @Test
  void aFifoThatAnotherReadsIsRefusedAndOneLeftBehindIsTaken() throws IOException {
    try (var _ = open()) {
      assertThrows(BadSetting.class, this::open);
    }
    made("mi");
    try (var _ = open()) {
      assertEquals("200 OK\n\n", asked(":ping:REPLY\n\n", "r1"));
    }
  }

  @Test
  void aFifoThatIsDeletedIsMadeAgain() throws IOException {
    try (var fifo = open()) {
      Files.delete(path());
      fifo.check();
      NodeApi.eventually(() -> Files.exists(path()) ? true : fail());
      assertEquals("200 OK\n\n", asked(":ping:REPLY\n\n", "r1"));
    }
  }

  private static boolean fail() {
    throw new AssertionError("not there");
  }

  @Test
  void openingAndWritingNothingIsHarmless() throws IOException {
    try (var _ = open()) {
      write("");
      write("");
      assertEquals("200 OK\n\n", asked(":ping:REPLY\n\n", "r1"));
    }
  }

  @Test
  void closingDoesNotHang() {
    var fifo = open();
    assertTimeoutPreemptively(Duration.ofSeconds(5), fifo::close);
  }
}
