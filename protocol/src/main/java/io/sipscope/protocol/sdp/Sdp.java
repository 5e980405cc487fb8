package io.sipscope.protocol.sdp;

import java.util.List;

/// What matters of a session description (RFC 8866): its media, with codecs, direction, addresses.
public record Sdp(List<Media> media) {

  /// @param kind `audio`, `video`, `application`...
  /// @param address connection address that applies to this medium, empty when none is given
  /// @param port 0 = refused or disabled
  /// @param protocol `RTP/AVP`, `RTP/SAVP`, `UDP/TLS/RTP/SAVPF`...
  /// @param codecs `PCMA/8000`, in the order offered; static payload types by RFC 3551
  /// @param direction `sendrecv` (default), `sendonly`, `recvonly`, `inactive`
  public record Media(
      String kind,
      String address,
      int port,
      String protocol,
      List<String> codecs,
      String direction) {}
}
