package io.sipscope.node.mi;

import io.sipscope.http.mi.MiJsonRpc;
import io.sipscope.http.mi.MiRegistry;
import io.sipscope.http.mi.legacy.TextCalls;
import io.sipscope.node.BadSetting;
import io.sipscope.node.linux.CallFailed;
import io.sipscope.node.linux.Posix;
import io.sipscope.node.mi.FifoRequests.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Management commands by a FIFO, of OpenSIPS 3.x and 2.x alike; the answer goes to the FIFO that
/// the caller names. One thread reads; each command has a virtual thread, so that a caller who
/// does not read his answer stops nobody else.
public final class MiFifo implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MiFifo.class);

  /// How often it is looked whether the file is still there.
  private static final int CHECK_MILLIS = 30_000;

  /// What a pipe of Linux holds.
  private static final int READ_BYTES = 65_536;

  /// Commands at once; what comes then is dropped, as the callers' patience is short.
  private static final int MAX_COMMANDS = 64;

  private static final long PAUSE_AFTER_FAILURE_NANOS = 100_000_000;

  private final MiFifoSettings settings;
  private final MiJsonRpc rpc;
  private final TextCalls texts;
  private final FifoRequests requests = new FifoRequests();
  private final Semaphore free = new Semaphore(MAX_COMMANDS);
  private final ExecutorService commands =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("mi-fifo-", 0).factory());
  private FifoFile fifo;
  private volatile int file;
  private volatile boolean closing;
  private final Thread reader;

  private MiFifo(MiFifoSettings settings, MiRegistry registry, FifoFile fifo, int file) {
    this.settings = settings;
    this.rpc = new MiJsonRpc(registry);
    this.texts =
        new TextCalls(registry, command -> "500 command '" + command + "' not available\n");
    this.fifo = fifo;
    this.file = file;
    this.reader = Thread.ofPlatform().daemon().name("mi-fifo").unstarted(this::readUntilClosed);
  }

  /// Makes the FIFO and reads from it until closed.
  ///
  /// @throws BadSetting when there is something else, or it cannot be made
  public static MiFifo open(MiFifoSettings settings, MiRegistry registry) {
    try {
      var made = FifoFile.make(settings.path());
      var fifo = new MiFifo(settings, registry, made, opened(settings.path()));
      fifo.reader.start();
      return fifo;
    } catch (CallFailed e) {
      throw new BadSetting(
          MiFifoSettings.PATH,
          settings.path().toString(),
          "a FIFO that can be read (" + e.getMessage() + ")");
    }
  }

  /// For both directions, so that it has no end when a writer goes.
  private static int opened(Path path) throws CallFailed {
    return Posix.open(path, Posix.READ_WRITE);
  }

  private void readUntilClosed() {
    while (!closing) {
      try {
        Posix.awaitReadable(file, CHECK_MILLIS);
        var text = new String(Posix.read(file, READ_BYTES), StandardCharsets.ISO_8859_1);
        if (text.isBlank()) {
          remakeIfGone();
        }
        requests.add(text, System.nanoTime()).forEach(this::take);
      } catch (IOException | BadSetting e) {
        LOG.warn("the FIFO {} cannot be read: {}", settings.path(), e.getMessage());
        LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
      }
    }
  }

  /// Somebody may have deleted it, or put another in its place.
  private void remakeIfGone() throws CallFailed {
    if (closing || FifoFile.at(settings.path()).filter(fifo::isSameAs).isPresent()) {
      return;
    }
    LOG.info("the FIFO {} is gone and is made again", settings.path());
    fifo = FifoFile.make(settings.path());
    int old = file;
    file = opened(settings.path());
    Posix.close(old);
  }

  /// Looks now whether the file is still there.
  void check() {
    wake();
  }

  private void wake() {
    try {
      Posix.write(file, new byte[] {'\n'}, 0);
    } catch (IOException e) {
      LOG.debug("waking the reader of the FIFO failed", e);
    }
  }

  private void take(Request request) {
    if (free.tryAcquire()) {
      commands.execute(
          () -> {
            try {
              run(request);
            } finally {
              free.release();
            }
          });
    }
  }

  private void run(Request request) {
    var name =
        switch (request) {
          case Request.Json(var reply, _) -> reply;
          case Request.Text(var text) -> text.reply();
        };
    if (name.isEmpty()) {
      answer(request);
      return;
    }
    ReplyFifo.open(settings.replyDir().resolve(name))
        .ifPresent(
            reply -> {
              try (reply) {
                reply.write(answer(request));
              }
            });
  }

  private String answer(Request request) {
    CompletionStage<String> answer =
        switch (request) {
          case Request.Json json -> rpc.answer(json.bytes()).thenApply(MiFifo::text);
          case Request.Text(var text) -> texts.answer(text);
        };
    try {
      return answer.toCompletableFuture().join();
    } catch (CompletionException e) {
      LOG.warn("a management command failed", e);
      return "";
    }
  }

  private static String text(MiJsonRpc.Answer answer) {
    return switch (answer) {
      case MiJsonRpc.Answer.Reply(var json) -> json;
      case MiJsonRpc.Answer.Silence _ -> "";
      case MiJsonRpc.Answer.Unreadable _ -> "";
      case MiJsonRpc.Answer.Unanswerable _ -> "failed to print response";
    };
  }

  /// Lets the commands that run answer, if they are done soon, and takes the file away.
  @Override
  public void close() {
    if (closing) {
      return;
    }
    closing = true;
    try {
      wake();
      reader.join();
      Posix.close(file);
      if (FifoFile.at(settings.path()).filter(fifo::isSameAs).isPresent()) {
        Files.delete(settings.path());
      }
    } catch (IOException e) {
      LOG.debug("closing the FIFO failed", e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    commands.shutdown();
  }
}
