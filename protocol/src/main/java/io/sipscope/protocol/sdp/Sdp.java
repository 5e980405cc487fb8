package io.sipscope.protocol.sdp;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.sip.SipMessage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What matters of a session description (RFC 8866): its media, with codecs, direction, addresses.
public record Sdp(List<Media> media) {
  public static final String CONTENT_TYPE = "application/sdp";

  public Sdp {
    media = List.copyOf(media);
  }

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
      String direction) {
    public Media {
      codecs = List.copyOf(codecs);
    }
  }

  /// The description a message carries, alone or as a part of a multipart body (RFC 5621); empty
  /// when it carries none.
  public static Optional<Sdp> of(SipMessage message) {
    var body = message.body();
    var type = message.contentType();
    var bare = type.toLowerCase(Locale.ROOT);
    if (body.isEmpty()) {
      return Optional.empty();
    }
    if (bare.startsWith(CONTENT_TYPE)) {
      return parse(body);
    }
    return bare.startsWith("multipart/")
        ? Multipart.part(body, type, CONTENT_TYPE).flatMap(Sdp::parse)
        : Optional.empty();
  }

  /// Reads a description; empty when the bytes have no `v=` line to start with. Lines it does not
  /// know are skipped.
  public static Optional<Sdp> parse(Bytes body) {
    return SdpReader.read(body);
  }
}
