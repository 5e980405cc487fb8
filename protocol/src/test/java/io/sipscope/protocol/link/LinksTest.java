package io.sipscope.protocol.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import io.sipscope.testing.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinksTest {
  private static List<Link> links(String method, String headers, String body) {
    var text =
        method
            + " sip:carol@x SIP/2.0\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\r\nFrom: <sip:a@x>;tag=1"
            + "\r\nTo: <sip:carol@x>\r\nCall-ID: one@x\r\nCSeq: 1 "
            + method
            + "\r\n"
            + headers
            + "\r\n"
            + body;
    return links(Bytes.of(text));
  }

  private static List<Link> links(Bytes bytes) {
    return SipParser.parse(bytes) instanceof SipMessage message
        ? Links.of(message, LinkRules.DEFAULT)
        : List.of();
  }

  @Test
  void aPlainInviteHasNone() {
    assertEquals(List.of(), links("INVITE", "Contact: <sip:a@x>\r\n", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"BYE", "OPTIONS", "REGISTER", "MESSAGE", "ACK"})
  void whatSetsNoCallUpIsNotLookedAt(String method) {
    assertEquals(List.of(), links(method, "X-Call-ID: other\r\n", ""));
  }

  @Test
  void escapedTextInAReferToIsRead() {
    assertEquals(
        List.of(new Link.Refer("dave", "a"), new Link.Reference("refer-to", "98%x@y", "t", "f")),
        links(
            "REFER",
            "r: <sip:dave@x?Replaces=98%25x%40y%3Bto-tag%3Dt%3Bfrom-tag%3Df&X=1>\r\n",
            ""));
  }

  @Test
  void eachMediumIsOne() {
    var body =
        """
        v=0
        o=- 77 1 IN IP6 2001:DB8::1
        c=IN IP6 2001:DB8::1
        m=audio 4000 RTP/AVP 0
        m=video 4002 RTP/AVP 99
        m=text 0 RTP/AVP 98
        """;
    assertEquals(
        List.of(
            new Link.Media("2001:db8::1:4000", "- 77 1 IN IP6 2001:DB8::1"),
            new Link.Media("2001:db8::1:4002", "- 77 1 IN IP6 2001:DB8::1")),
        links("INVITE", "Content-Type: application/sdp\r\n", body));
  }

  @Test
  void aMessageHasNoMoreThanABound() {
    var many = "X-CID: a\r\nX-CID: b\r\nIn-Reply-To: ";
    var ids = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      ids.append(i == 0 ? "" : ",").append("id").append(i);
    }
    assertEquals(Links.MAX_LINKS, links("INVITE", many + ids + "\r\n", "").size());
  }

  @Test
  void longCallIdsHaveNoSuffix() {
    assertEquals(List.of(), LinkRules.DEFAULT.bases("a".repeat(5_000) + "-leg2"));
    assertEquals(List.of("a-leg2", "a"), LinkRules.DEFAULT.bases("a-leg2_b2b-1"));
    assertEquals(List.of(), LinkRules.DEFAULT.bases("-leg2"));
  }

  @Test
  void tokensAreShortAndOfWords() {
    var tokens =
        LinkTokens.of(List.of(new Link.Session("a", ""), new Link.Reference("x-cid", "a", "", "")));
    assertEquals(2, tokens.size());
    tokens.forEach(token -> assertTrue(token.matches("[-.0-9A-Za-z]{8}"), token));
    assertEquals(
        LinkTokens.naming("one-leg2", LinkRules.DEFAULT),
        LinkTokens.of(
            List.of(
                new Link.Reference("x", "one-leg2", "1", "2"),
                new Link.Reference("y", "one", "", ""))));
  }

  /// Every message of the torture corpus, and each with bytes changed at random.
  @Test
  void nothingBreaksIt() throws IOException {
    var random = new Random(5);
    for (Path file : Corpus.files("msg")) {
      var bytes = Files.readAllBytes(file);
      for (int round = 0; round < 20; round++) {
        assertTrue(links(Bytes.of(bytes)).size() <= Links.MAX_LINKS);
        for (int i = 0; i < 3 && bytes.length > 0; i++) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
      }
    }
  }

  @Test
  void valuesFullOfWhatSeparatesThemAreRead() {
    for (var value : List.of(";", ";;=", "=;=", ";remote=", "?Replaces=%", "<", "%", ",,,", "@@")) {
      for (var header : List.of("Session-ID", "Replaces", "Refer-To", "Referred-By", "X-CID")) {
        assertTrue(links("REFER", header + ": " + value + "\r\n", "").size() <= Links.MAX_LINKS);
      }
    }
  }
}
