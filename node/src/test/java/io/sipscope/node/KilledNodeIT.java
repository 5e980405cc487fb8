package io.sipscope.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.ingest.Messages;
import io.sipscope.node.ingest.Pcaps;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever was acknowledged before kill -9 is found again, without anyone doing anything.
class KilledNodeIT {
  private static final int ROUNDS = 3;
  private static final int CALLS_A_FILE = 10;
  private static final int MESSAGES_A_CALL = 5;

  @Test
  void everyAcknowledgedImportIsFoundAgain(@TempDir Path folder) throws Exception {
    var random = new Random();
    long seed = random.nextLong();
    random.setSeed(seed);
    var acknowledged = new CopyOnWriteArrayList<String>();
    for (int round = 0; round < ROUNDS; round++) {
      var node = NodeProcess.start(folder, NodeProcess.freePorts(), Map.of());
      try (node) {
        var agent = hepUntilItBreaks(node, round);
        int before = acknowledged.size();
        var uploader = uploadUntilItBreaks(node, round, acknowledged);
        // At least one import is acknowledged; the kill then comes at any moment.
        while (acknowledged.size() == before && uploader.isAlive()) {
          LockSupport.parkNanos(1_000_000);
        }
        LockSupport.parkNanos(random.nextLong(2_000_000_000L));
        node.kill();
        uploader.join();
        agent.join();
      }
    }
    assertTrue(acknowledged.size() >= ROUNDS, "imports acknowledged: " + acknowledged.size());
    try (var node = NodeProcess.start(folder, NodeProcess.freePorts(), Map.of());
        var api = node.api()) {
      for (var file : acknowledged) {
        assertFound(api, file);
      }
    } catch (AssertionError e) {
      throw new AssertionError(
          "seed " + seed + ", log of the nodes:\n" + NodeProcess.log(folder), e);
    }
  }

  private static void assertFound(NodeApi api, String file)
      throws IOException, InterruptedException {
    var found = api.json("/api/dialogs?limit=1000&text=" + file + "-").path("dialogs");
    assertEquals(CALLS_A_FILE, found.size(), file);
    for (var dialog : found) {
      assertEquals(MESSAGES_A_CALL, dialog.path("messages").asInt(), dialog::toString);
    }
    for (int call = 0; call < CALLS_A_FILE; call++) {
      var callId = file + "-call-" + call;
      assertEquals(MESSAGES_A_CALL, api.messages(callId).size(), callId);
    }
  }

  /// Uploads files of calls of their own; notes each name once it is acknowledged.
  private static Thread uploadUntilItBreaks(
      NodeProcess node, int round, List<String> acknowledged) {
    return Thread.ofPlatform()
        .start(
            () -> {
              try (var api = node.api()) {
                for (int number = 0; ; number++) {
                  var file = "file-" + round + "-" + number;
                  assertEquals(
                      CALLS_A_FILE * MESSAGES_A_CALL,
                      api.importCapture(capture(file)).path("messages").asInt());
                  acknowledged.add(file);
                }
              } catch (IOException killed) {
                return;
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  private static byte[] capture(String file) {
    var sips = new ArrayList<String>();
    for (int i = 0; i < CALLS_A_FILE * MESSAGES_A_CALL; i++) {
      sips.add(Messages.options(file + "-call-" + i % CALLS_A_FILE, i));
    }
    return Pcaps.of(sips.toArray(String[]::new));
  }

  private static Thread hepUntilItBreaks(NodeProcess node, int round) {
    return Thread.ofPlatform()
        .start(
            () -> {
              try (var socket = new Socket(InetAddress.getLoopbackAddress(), node.hepPort())) {
                for (int i = 0; ; i++) {
                  socket
                      .getOutputStream()
                      .write(Messages.hep3(Messages.options("hep-" + round + "-" + i / 7, i), i));
                }
              } catch (IOException killed) {
                return;
              }
            });
  }
}
