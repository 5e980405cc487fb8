package io.sipscope.protocol.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SdpTest {
  private static final String OFFER =
      """
      v=0
      o=alice 2890844526 2890844526 IN IP4 host.example.com
      s=-
      c=IN IP4 192.0.2.101
      t=0 0
      a=sendonly
      m=audio 49172 RTP/AVP 0 8 97 101
      a=rtpmap:97 opus/48000/2
      a=rtpmap:101 telephone-event/8000
      m=video 0 RTP/SAVPF 31
      c=IN IP6 2001:db8::7/127
      a=inactive
      m=application 9 UDP/DTLS/SCTP webrtc-datachannel
      """;

  @Test
  void knowsMediaCodecsAddressesAndDirections() {
    var media = Sdp.parse(Bytes.of(OFFER)).orElseThrow().media();
    assertEquals(
        List.of(
            new Sdp.Media(
                "audio",
                "192.0.2.101",
                49172,
                "RTP/AVP",
                List.of("PCMU/8000", "PCMA/8000", "opus/48000/2", "telephone-event/8000"),
                "sendonly"),
            new Sdp.Media(
                "video", "2001:db8::7", 0, "RTP/SAVPF", List.of("H261/90000"), "inactive"),
            new Sdp.Media(
                "application",
                "192.0.2.101",
                9,
                "UDP/DTLS/SCTP",
                List.of("webrtc-datachannel"),
                "sendonly")),
        media);
  }

  @Test
  void lineEndsDoNotMatter() {
    var expected = Sdp.parse(Bytes.of(OFFER));
    assertEquals(expected, Sdp.parse(Bytes.of(OFFER.replace("\n", "\r\n"))));
    assertEquals(expected, Sdp.parse(Bytes.of(OFFER.replace("\n", "\r"))));
  }

  @Test
  void whatIsNoDescriptionIsNone() {
    assertEquals(Optional.empty(), Sdp.parse(Bytes.EMPTY));
    assertEquals(Optional.empty(), Sdp.parse(Bytes.of("<xml/>")));
    assertEquals(Optional.of(new Sdp(List.of())), Sdp.parse(Bytes.of("v=0\n")));
  }

  @Test
  void isFoundInAMultipartBody() {
    var body =
        """
        --boundary1
        Content-Type: text/plain

        v=no
        --boundary1
        Content-Disposition: session
        Content-Type: application/sdp

        v=0
        m=audio 5004 RTP/AVP 8
        --boundary1--
        """;
    var media = Sdp.of(message("multipart/mixed;boundary=\"boundary1\"", body)).orElseThrow();
    assertEquals(5004, media.media().getFirst().port());
    assertEquals(Optional.empty(), Sdp.of(message("multipart/mixed;boundary=boundary2", body)));
    assertEquals(Optional.empty(), Sdp.of(message("multipart/mixed", body)));
  }

  @Test
  void isOnlyReadFromABodyThatSaysSo() {
    assertTrue(Sdp.of(message("Application/SDP; charset=utf-8", OFFER)).isPresent());
    assertEquals(Optional.empty(), Sdp.of(message("text/plain", OFFER)));
    assertEquals(Optional.empty(), Sdp.of(message("application/sdp", "")));
  }

  @Test
  void aPortBeyondTheRangeIsNone() {
    var odd = "v=0\nm=audio 99999 RTP/AVP 8\nm=audio 5004/2 RTP/AVP 8\nm=audio x RTP/AVP 8\n";
    assertEquals(
        List.of(0, 5004, 0),
        Sdp.parse(Bytes.of(odd)).orElseThrow().media().stream().map(Sdp.Media::port).toList());
  }

  @Test
  void manyLinesAreReadUpToABound() {
    var many = "v=0\n" + "m=audio 5004 RTP/AVP 8\n".repeat(1_000);
    assertEquals(64, Sdp.parse(Bytes.of(many)).orElseThrow().media().size());
    var formats = "v=0\nm=audio 5004 RTP/AVP" + " 8".repeat(1_000);
    var media = Sdp.parse(Bytes.of(formats)).orElseThrow().media();
    assertEquals(128, media.getFirst().codecs().size());
  }

  @Test
  void survivesNoise() {
    var random = new Random(8866);
    var original = OFFER.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    for (int i = 0; i < 50_000; i++) {
      var noisy = original.clone();
      for (int flips = random.nextInt(1, 8); flips > 0; flips--) {
        noisy[random.nextInt(noisy.length)] = (byte) random.nextInt();
      }
      Sdp.parse(Bytes.of(noisy, 0, random.nextInt(noisy.length + 1)));
    }
  }

  private static SipMessage message(String contentType, String body) {
    var text =
        "INVITE sip:bob@example.com SIP/2.0\r\nContent-Type: " + contentType + "\r\n\r\n" + body;
    return (SipMessage) SipParser.parse(Bytes.of(text));
  }
}
