package io.sipscope.protocol.pcap;

import io.sipscope.protocol.Bytes;

/// What a capture file holds next.
public sealed interface Pcap {

  /// One captured frame.
  ///
  /// @param linkType LINKTYPE_ number of its interface (1 = Ethernet, 101 = raw IP...)
  /// @param time nanoseconds since the epoch; 0 where the file has none (pcapng's Simple Packet
  /// Block)
  /// @param data what was captured, in an array of its own
  /// @param originalLength how long the frame was on the wire; more than `data` when it was cut at
  /// the snap length
  record Frame(int linkType, long time, Bytes data, long originalLength) implements Pcap {}

  /// Bytes that are no capture. Reading may go on behind them; where it cannot, [End] follows.
  ///
  /// @param offset in the file, after decompression
  /// @param reason a short constant in kebab-case, fit for a counter's name
  /// @param detail what was there (what was wanted)
  record Malformed(long offset, String reason, String detail) implements Pcap {}

  record End() implements Pcap {}
}
