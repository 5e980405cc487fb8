package io.sipscope.protocol.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.protocol.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipParserTest {
  private static final String INVITE =
      """
      INVITE sip:bob@[2001:db8::10]:5070;transport=tcp SIP/2.0
      Via: SIP/2.0/UDP [2001:db8::9:1]:5060;received=192.0.2.1;branch=z9hG4bK77
      From: "Alice \\"A;tag=no\\"" <sip:alice@example.org;tag=no>;tag=yes
      To: Bob <sip:bob@[2001:db8::10]>
      Call-ID: 1@example.org
      CSeq: 4294967295 INVITE
      Contact: "A, B" <sip:alice@[2001:db8::9:1];x=1,2>, <sip:other@example.org>
      Record-Route: <sip:a;lr>, <sip:b;lr>
      Record-Route: <sip:c;lr>
      WWW-Authenticate: Digest realm="x", nonce="y"
      Date: Sat, 13 Nov 2010 23:29:00 GMT
      Content-Type: application/sdp
      Content-Length: 4

      v=0
      trailing
      """;

  @Test
  void readsWhatRoutesAMessage() {
    var invite = parse(INVITE);
    assertEquals(
        new StartLine.RequestLine("INVITE", "sip:bob@[2001:db8::10]:5070;transport=tcp"),
        invite.startLine());
    assertEquals("1@example.org", invite.callId().text());
    assertEquals(new CSeq(4294967295L, "INVITE"), invite.cseq());
    assertEquals("z9hG4bK77", invite.branch());
    assertEquals("\"A, B\" <sip:alice@[2001:db8::9:1];x=1,2>", invite.contact());
    assertEquals("application/sdp", invite.contentType());
    assertEquals(OptionalLong.of(4), invite.contentLength());
    assertEquals("v=0\n", invite.body().utf8());
  }

  @Test
  void quotesAndAngleBracketsHideATag() {
    var invite = parse(INVITE);
    assertEquals("yes", invite.fromTag());
    assertEquals("", invite.toTag());
    assertEquals(
        new NameAddr(
            "Alice \"A;tag=no\"", "sip:alice@example.org;tag=no", "alice", "example.org", "yes"),
        invite.from());
    assertEquals(
        new NameAddr("Bob", "sip:bob@[2001:db8::10]", "bob", "[2001:db8::10]", ""), invite.to());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sip:a@b;tag=1                  | 1
          <sip:a@b>;TAG=1                | 1
          <sip:a@b>;x=";tag=2";tag="1"   | 1
          <sip:a@b;tag=2>                | ''
          "<x>;tag=2" <sip:a@b>;tag=1    | 1
          <sip:a@b;tag=1                 | 1
          "a <sip:a@b>;tag=1             | 1
          <sip:a@b>;tag=                 | ''
          <sip:a@b>;tags=2;tag=1;tag=3   | 1
          <sip:a@b>;tag                  | ''
          """)
  void findsTheTag(String from, String tag) {
    assertEquals(tag, parse("OPTIONS sip:x SIP/2.0\nFrom: " + from + "\n\n").fromTag());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sip:alice@example.org                   | alice       | example.org | alice@example.org
          sip:alice:secret@example.org:5060;x=y   | alice       | example.org | alice@example.org
          sips:example.org:5061                   | ''          | example.org | example.org
          sip:a@corp.example@proxy.example        | a@corp.example | proxy.example | a@corp.example@proxy.example
          sip:user;par=u%40x@example.com          | user;par=u%40x | example.com | user;par=u%40x@example.com
          tel:+1-201-555-0123;phone-context=x@y   | +1-201-555-0123 | '' | +1-201-555-0123
          sip:[::1]:5060                          | ''          | [::1]       | [::1]
          urn:service:sos                         | ''          | service     | service
          """)
  void findsUserAndHost(String uri, String user, String host, String aor) {
    var address = NameAddr.of("<" + uri + ">");
    assertEquals(user, address.user());
    assertEquals(host, address.host());
    assertEquals(aor, address.aor());
  }

  @Test
  void onlyListsAreSplitAtCommas() {
    var invite = parse(INVITE);
    assertEquals(List.of("<sip:a;lr>", "<sip:b;lr>", "<sip:c;lr>"), invite.headers("record-route"));
    assertEquals(List.of("Digest realm=\"x\", nonce=\"y\""), invite.headers("WWW-Authenticate"));
    assertEquals(List.of("Sat, 13 Nov 2010 23:29:00 GMT"), invite.headers("Date"));
    assertEquals(Optional.of("<sip:a;lr>"), invite.header("Record-Route"));
    assertEquals(Optional.empty(), invite.header("Subject"));
    assertEquals("Record-Route", invite.headers().get(6).name());
    assertEquals("<sip:a;lr>, <sip:b;lr>", invite.headers().get(6).value());
  }

  @Test
  void compactNamesAreTheSameHeaders() {
    var message =
        parse(
            """
            SIP/2.0 486 Busy Here
            v: SIP/2.0/TCP a;branch=z9hG4bK1
            f: <sip:a@b>;tag=1
            t: <sip:c@d>;tag=2
            i: compact
            m: <sip:c@e>
            c: text/plain
            l: 0
            k: timer, 100rel
            x: 1800
            r: <sip:z@y>
            b: <sip:w@v>
            o: refer
            u: presence, dialog
            """);
    assertEquals(new StartLine.StatusLine(486, "Busy Here"), message.startLine());
    assertEquals("compact", message.callId().text());
    assertEquals("z9hG4bK1", message.branch());
    assertEquals("1", message.fromTag());
    assertEquals("2", message.toTag());
    assertEquals("<sip:c@e>", message.contact());
    assertEquals("text/plain", message.contentType());
    assertEquals(OptionalLong.of(0), message.contentLength());
    assertEquals(List.of("timer", "100rel"), message.headers("Supported"));
    assertEquals(Optional.of("1800"), message.header("Session-Expires"));
    assertEquals(Optional.of("<sip:z@y>"), message.header("refer-to"));
    assertEquals(Optional.of("<sip:w@v>"), message.header("B"));
    assertEquals(Optional.of("refer"), message.header("Event"));
    assertEquals(List.of("presence", "dialog"), message.headers("Allow-Events"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\n", "\r", "\r\r\n"})
  void anyLineEndWillDo(String lineEnd) {
    var invite = parse(INVITE.replace("\n", lineEnd));
    assertEquals("1@example.org", invite.callId().text());
    assertEquals("yes", invite.fromTag());
    assertEquals(12, invite.headers().size());
    assertTrue(invite.body().utf8().startsWith("v=0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n\r\n", "\n", "\0\0\0\0", " \t\r\n"})
  void keepAlivesBeforeTheStartLineAreSkipped(String blanks) {
    assertEquals("1@example.org", parse(blanks + INVITE).callId().text());
  }

  @Test
  void aMessageCutShortGivesWhatIsThere() {
    var cut = parse(INVITE.substring(0, INVITE.indexOf("To:") + 6));
    assertEquals("INVITE", cut.method());
    assertEquals(CallId.NONE, cut.callId());
    assertEquals(CSeq.NONE, cut.cseq());
    assertEquals("yes", cut.fromTag());
    assertEquals(Bytes.EMPTY, cut.body());
    assertTrue(cut.defects().contains("the headers do not end: cut short"));
  }

  @Test
  void nulsAtTheEndOfAHeaderAreNoPartOfIt() {
    assertEquals("x", parse("OPTIONS sip:x SIP/2.0\nCall-ID: x\0\0\0").callId().text());
  }

  @Test
  void theFirstOfSeveralCounts() {
    var twice = parse("OPTIONS sip:x SIP/2.0\nCall-ID: a\nCall-ID: b\nFrom:\nFrom: <sip:c@d>\n\n");
    assertEquals("a", twice.callId().text());
    assertEquals(NameAddr.NONE, twice.from());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          OPTIONS sip:x sip/2.0        | OPTIONS | 0   | sip:x
          options\tsip:x\tSIP/2.0      | options | 0   | sip:x
          x sip:x SIP/3.14             | x       | 0   | sip:x
          SIP/2.0  200                 | ''      | 200 | ''
          sip/2.0 200 OK               | ''      | 200 | ''
          SIP/2.0 099 Odd              | ''      | 99  | ''
          SIP/2.0 1000 Odd             | ''      | 0   | ''
          INVITE <sip:a@b> SIP/2.0     | INVITE  | 0   | <sip:a@b>
          INVITEsip:a@b SIP/2.0        | INVITE  | 0   | sip:a@b
          """)
  void anOddStartLineIsStillOne(String line, String method, int status, String uri) {
    var message = parse(line.translateEscapes() + "\r\n\r\n");
    assertEquals(method, message.method());
    assertEquals(status, message.status());
    assertEquals(uri, message.requestUri());
    assertTrue(!message.defects().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1",
        "HTTP/1.1 200 OK",
        "INVITE sip:a@b",
        "INVITE SIP/2.0",
        "sip:a@b SIP/2.0",
        "SIP/2.0",
        "SIP/2.0 OK",
        "SIP/2 200 OK",
        "SIP/2.0 20x OK",
        "SIP/2.0200 OK",
        "OPTIONS rtsp://x RTSP/1.0",
        "INVITE sip:a@bSIP/2.0",
        "\u0080 noise"
      })
  void whatIsNoStartLineIsRefused(String line) {
    var malformed =
        assertInstanceOf(Sip.Malformed.class, SipParser.parse(Bytes.of(line + "\r\nVia: x\r\n")));
    assertEquals("start-line", malformed.reason());
  }

  @Test
  void blanksAloneAreAKeepAliveAndNothingIsEmpty() {
    assertEquals("keep-alive", ((Sip.Malformed) SipParser.parse(Bytes.of("\r\n\r\n"))).reason());
    assertEquals("empty", ((Sip.Malformed) SipParser.parse(Bytes.EMPTY)).reason());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1 INVITE                     | 1  | INVITE
          1INVITE                      | 1  | INVITE
          0 \t  BYE                    | 0  | BYE
          36893488147419103232 BYE     | -1 | BYE
          -1 BYE                       | -1 | BYE
          x                            | -1 | ''
          7                            | 7  | ''
          """)
  void readsCSeq(String value, long number, String method) {
    var cseq = parse("BYE sip:x SIP/2.0\nCSeq: " + value.translateEscapes() + "\n\n").cseq();
    assertEquals(new CSeq(number, method), cseq);
  }

  @Test
  void worksInsideALargerBuffer() {
    var around = ("xx" + INVITE + "Call-ID: z").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    var invite =
        (SipMessage)
            SipParser.parse(Bytes.of(around, 2, around.length - 2 - "Call-ID: z".length()));
    assertEquals("INVITE", invite.method());
    assertEquals("v=0\n", invite.body().utf8());
    assertEquals("1@example.org", invite.callId().text());
  }

  private static SipMessage parse(String text) {
    return assertInstanceOf(SipMessage.class, SipParser.parse(Bytes.of(text)));
  }
}
