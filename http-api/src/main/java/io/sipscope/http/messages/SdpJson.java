package io.sipscope.http.messages;

import io.sipscope.protocol.sdp.Sdp;
import java.util.List;

/// The summary of a session description in the API's JSON.
public record SdpJson(List<Media> media) {

  public record Media(
      String kind,
      String address,
      int port,
      String protocol,
      List<String> codecs,
      String direction) {}

  public static SdpJson of(Sdp sdp) {
    return new SdpJson(sdp.media().stream().map(SdpJson::media).toList());
  }

  private static Media media(Sdp.Media media) {
    return new Media(
        media.kind(),
        media.address(),
        media.port(),
        media.protocol(),
        media.codecs(),
        media.direction());
  }
}
