package io.sipscope.protocol.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// RFC 4475: 49 messages made to break parsers.
class TortureTest {
  @Test
  void thereAreFortyNineOfThemAndThirteenAreValid() {
    assertEquals(49, all().size());
    assertEquals(13, all().stream().filter(torture -> !torture.expected().isEmpty()).count());
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyOneIsStored(Torture torture) {
    var message = message(torture);
    assertEquals(torture.name().contains("insuf"), !message.callId().isPresent());
    message.headers();
    message.from();
    message.to();
    message.body();
    message.defects();
  }

  @ParameterizedTest
  @MethodSource("all")
  void theValidOnesGiveWhatTheySay(Torture torture) {
    if (torture.expected().isEmpty()) {
      return;
    }
    var message = message(torture);
    var cseq = message.cseq();
    assertEquals(
        torture.expected(),
        List.of(
            message.isRequest() ? message.method() : Integer.toString(message.status()),
            message.callId().text(),
            cseq.number() + " " + cseq.method(),
            message.fromTag(),
            message.toTag()));
  }

  @Test
  void whatIsWrongIsSaid() {
    var said = new TreeMap<String, String>();
    for (var torture : all()) {
      var name = torture.name().substring(torture.name().indexOf(' ') + 1).strip();
      said.put(name, String.join("; ", message(torture).defects()));
    }
    var wanted =
        Map.ofEntries(
            Map.entry("clerr", "Content-Length says 9999"),
            Map.entry("ncl", "Content-Length is no number"),
            Map.entry("scalar02", "CSeq number out of range"),
            Map.entry("scalarlg", "CSeq number out of range"),
            Map.entry("quotbal", "To has a quote that does not close"),
            Map.entry("ltgtruri", "the Request-URI is in angle brackets"),
            Map.entry("lwsruri", "the Request-URI has white space in it"),
            Map.entry("lwsstart", "white space in the start line"),
            Map.entry("trws", "white space in the start line"),
            Map.entry("badvers", "version SIP/7.0 (SIP/2.0)"),
            Map.entry("mismatch01", "CSeq method INVITE (OPTIONS)"),
            Map.entry("mismatch02", "CSeq method INVITE (NEWMETHOD)"),
            Map.entry("bigcode", "status code 4294967301 (100 to 699)"),
            Map.entry("insuf", "no From; no To; no Call-ID"),
            Map.entry("multi01", "2 Call-ID headers (one)"),
            Map.entry("mcl01", "2 Content-Length headers (one)"),
            Map.entry("badinv01", "the topmost Via has no branch"));
    for (var entry : wanted.entrySet()) {
      var defects = said.getOrDefault(entry.getKey(), "");
      assertTrue(defects.contains(entry.getValue()), () -> entry.getKey() + ": " + defects);
    }
    for (var name : List.of("intmeth", "esc01", "escnull", "lwsdisp", "semiuri", "transports")) {
      assertEquals("", said.get(name), name);
    }
  }

  @Test
  void foldsAndBlanksAnywhereAreReadAsOne() {
    var wsinv = message(all().getFirst());
    assertEquals("390skdjuw", wsinv.branch());
    assertEquals(3, wsinv.hops());
    assertEquals(
        List.of(
            "SIP / 2.0 /UDP 192.0.2.2;branch=390skdjuw",
            "SIP  / 2.0  / TCP     spindle.example.com   ; branch  =   z9hG4bK9ikj8",
            "SIP  /    2.0   / UDP  192.168.255.111   ; branch= z9hG4bK30239"),
        wsinv.headers("Via").stream()
            .map(via -> via.replace("SIP  /   2.0", "SIP / 2.0"))
            .toList());
    assertEquals("J Rosenberg \\\"", wsinv.from().displayName());
    assertEquals(
        "newfangled value continued newfangled value",
        wsinv.header("newfangledheader").orElseThrow());
    assertEquals("", wsinv.header("Subject").orElseThrow());
    assertEquals("application/sdp", wsinv.contentType());
    assertFalse(wsinv.body().isEmpty());
  }

  static List<Torture> all() {
    return Torture.all();
  }

  private static SipMessage message(Torture torture) {
    return assertInstanceOf(SipMessage.class, SipParser.parse(torture.bytes()));
  }
}
