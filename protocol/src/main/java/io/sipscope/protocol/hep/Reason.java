package io.sipscope.protocol.hep;

/// Why bytes are no HEP: the names that counters carry.
final class Reason {
  static final String NOT_HEP = "not-hep";
  static final String LENGTH = "hep-length";
  static final String FAMILY = "hep-address-family";
  static final String CHUNK_LENGTH = "hep-chunk-length";
  static final String CHUNK_SIZE = "hep-chunk-size";
  static final String TOO_MANY_CHUNKS = "hep-too-many-chunks";
  static final String NO_ADDRESS = "hep-no-address";
  static final String COMPRESSED = "hep-compressed-payload";
  static final String BOMB = "hep-payload-too-large";

  private Reason() {}
}
