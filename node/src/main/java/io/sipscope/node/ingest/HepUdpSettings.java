package io.sipscope.node.ingest;

import io.sipscope.node.Setting;

/// @param readers sockets that share the port, each read by a thread of its own
/// @param receiveBuffer bytes to ask the kernel for; it may grant less
/// @param queueDatagrams the most datagrams handed over to the stream and not yet taken
/// @param queueBytes the most bytes of them
public record HepUdpSettings(
    String host, int port, int readers, int receiveBuffer, int queueDatagrams, long queueBytes) {

  public static HepUdpSettings from(Setting setting) {
    return new HepUdpSettings(
        setting.host("sipscope.hep.udp.host"),
        setting.port("sipscope.hep.udp.port"),
        setting.count("sipscope.hep.udp.readers", 1, 64),
        Math.toIntExact(setting.bytes("sipscope.hep.udp.receive-buffer", 4_096, 1 << 30)),
        setting.count("sipscope.hep.udp.queue", 1, 1_000_000),
        setting.bytes("sipscope.hep.udp.queue-bytes", 65_536, Long.MAX_VALUE));
  }
}
