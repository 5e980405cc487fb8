package io.sipscope.node.trace;

import io.sipscope.node.TestNode;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.hep.Hep.Packet;
import io.sipscope.testing.PgServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What the shipped scripts trace to: HEP, a database and SIP at once.
///
/// @param datagrams that came as SIP
record ThreeDestinations(Receiver hep, String database, DatagramSocket sip, List<Bytes> datagrams)
    implements AutoCloseable {

  static ThreeDestinations open() throws IOException {
    var all =
        new ThreeDestinations(
            Receiver.on(0),
            PgServer.shared().newDatabase(),
            new DatagramSocket(0, InetAddress.getLoopbackAddress()),
            new CopyOnWriteArrayList<>());
    Thread.ofVirtual().start(all::receive);
    return all;
  }

  private void receive() {
    try {
      while (true) {
        var packet = new DatagramPacket(new byte[65_535], 65_535);
        sip.receive(packet);
        datagrams.add(Bytes.of(Arrays.copyOf(packet.getData(), packet.getLength())));
      }
    } catch (IOException _) {
      sip.close(); // the test is over
    }
  }

  /// A node that runs a script with these destinations.
  ///
  /// @param settings beside
  TestNode node(Path folder, String script, String settings) throws IOException {
    var file = folder.resolve("policy.cfg");
    Files.writeString(file, Tutorial.to(script, hep.port(), database, sip.getLocalPort()));
    return TestNode.start(Tutorial.settings(file, folder) + settings);
  }

  List<Packet> packets(int type) {
    return hep.packets().stream().filter(packet -> packet.payloadType() == type).toList();
  }

  List<String> rows() {
    return Tutorial.rows(database);
  }

  @Override
  public void close() throws IOException {
    hep.close();
    sip.close();
  }
}
