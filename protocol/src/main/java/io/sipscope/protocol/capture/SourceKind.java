package io.sipscope.protocol.capture;

/// How a message came to us.
public enum SourceKind {
  HEP,
  PCAP,
  LIVE,
  REDIS,
  AMI
}
