package io.sipscope.protocol.pcap;

/// Why bytes are no capture: the names that counters carry.
final class Reason {
  static final String NOT_A_CAPTURE = "not-a-capture";
  static final String GZIP = "gzip-damaged";
  static final String CUT_SHORT = "capture-cut-short";
  static final String LINK_TYPE = "capture-link-type";
  static final String PACKET_LENGTH = "capture-packet-length";
  static final String BLOCK_LENGTH = "pcapng-block-length";
  static final String VERSION = "pcapng-version";
  static final String BYTE_ORDER = "pcapng-byte-order";
  static final String INTERFACE = "pcapng-interface";
  static final String OPTIONS = "pcapng-options";

  private Reason() {}
}
