package io.sipscope.node.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.node.Mi;
import io.sipscope.node.NodeApi;
import io.sipscope.node.Sip;
import io.sipscope.node.TestNode;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.hep.Hep.Packet;
import io.sipscope.protocol.hep.HepDecoder;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The choice by load, as it is shipped, among three collectors that listen.
class LoadChoiceIT {
  @TempDir private Path folder;

  /// A collector of HEP over UDP.
  private record Collector(DatagramSocket socket, List<String> calls) implements AutoCloseable {
    static Collector open() throws IOException {
      var collector =
          new Collector(
              new DatagramSocket(0, InetAddress.getLoopbackAddress()),
              new CopyOnWriteArrayList<>());
      Thread.ofVirtual().start(collector::receive);
      return collector;
    }

    private void receive() {
      try {
        while (true) {
          var packet = new DatagramPacket(new byte[65_535], 65_535);
          socket.receive(packet);
          var bytes = Bytes.of(Arrays.copyOf(packet.getData(), packet.getLength()));
          calls.add(((Packet) HepDecoder.decode(bytes)).correlationId());
        }
      } catch (IOException _) {
        socket.close(); // the test is over
      }
    }

    String uri() {
      return "sip:127.0.0.1:" + socket.getLocalPort();
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  private TestNode start(List<Collector> collectors) throws IOException {
    var list = folder.resolve("collectors.list");
    var lines = collectors.stream().map(one -> "1 " + one.uri()).toList();
    Files.write(list, lines);
    var file = folder.resolve("policy.cfg");
    Files.writeString(
        file,
        Tutorial.script("load-choice.cfg")
            .replace("/etc/sipscope/collectors.list", list.toString()));
    return TestNode.start(Tutorial.settings(file, folder));
  }

  @Test
  void eachCallGoesToTheCollectorThatHasTheFewest() throws Exception {
    try (var first = Collector.open();
        var second = Collector.open();
        var third = Collector.open();
        var node = start(List.of(first, second, third));
        var hep = node.hepTcp()) {
      for (int i = 0; i < 9; i++) {
        var call = new Sip("call-" + i, 1_767_225_600_000_000_000L + i);
        hep.getOutputStream().write(call.request(0, "INVITE", 1, ""));
        hep.getOutputStream().write(call.request(100, "BYE", 2, "b"));
        int sent = i + 1;
        NodeApi.eventually(
            () -> {
              assertEquals(
                  sent, first.calls().size() + second.calls().size() + third.calls().size());
              return null;
            });
      }
      assertEquals(List.of("call-0", "call-3", "call-6"), first.calls());
      assertEquals(List.of("call-1", "call-4", "call-7"), second.calls());
      assertEquals(List.of("call-2", "call-5", "call-8"), third.calls());
      for (var collector : List.of(first, second, third)) {
        var name = "load_" + collector.uri().replace(':', '_');
        assertEquals(
            "{\"dynamic:" + name + "\":3}",
            new Mi(node).result("get_statistics", "{\"statistics\":[\"" + name + "\"]}"));
      }
    }
  }
}
