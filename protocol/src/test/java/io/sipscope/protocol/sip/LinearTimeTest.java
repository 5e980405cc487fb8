package io.sipscope.protocol.sip;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.sdp.Sdp;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Eight times the bytes take about eight times as long, whatever they are: what is quadratic
/// would take sixty-four times.
class LinearTimeTest {
  private static final int SMALL = 12_500;
  private static final int TIMES = 8;
  private static final int MAX_RATIO = 32;
  private static final int ROUNDS = 9;

  record Shape(String name, IntFunction<String> ofSize) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Shape> shapes() {
    return Stream.of(
        repeated("Vias", "", "Via: SIP/2.0/UDP a;branch=z9hG4bK1\r\n"),
        repeated("Vias in one line", "Via: a", ",SIP/2.0/UDP a;branch=1"),
        repeated("folds", "Subject: a", "\r\n a"),
        repeated("folds of From", "From: a", "\r\n ;"),
        repeated("bare CRs", "Subject: a", "\r"),
        repeated("a long token", "Call-ID: ", "x"),
        repeated("a long method", "Subject: \r\n", "y: \r\n"),
        repeated("angle brackets in Contact", "Contact: ", "<"),
        repeated("angle brackets in a list", "Route: ", "<,"),
        repeated("quotes in Contact", "Contact: ", "\""),
        repeated("quotes in From", "From: \"", "\"\"a"),
        repeated("backslashes in From", "From: \"", "\\"),
        repeated("semicolons in To", "To: <sip:a@b>", ";"),
        repeated("quoted parameters in To", "To: <sip:a@b>", ";x=\""),
        repeated("at signs", "From: <sip:", "@"),
        repeated("digits", "Content-Length: ", "9"),
        repeated("blanks before a colon", "Call-ID", " "),
        repeated("lines without a colon", "", "x\n"),
        repeated("SDP lines", "Content-Type: application/sdp\r\n\r\nv=0\r\n", "m=a 1 RTP/AVP 0\n"),
        repeated("SDP formats", "Content-Type: application/sdp\r\n\r\nv=0\r\nm=a 1 b", " 0"),
        repeated(
            "delimiters", "Content-Type: multipart/mixed;boundary=b\r\n\r\n", "--b\r\nc: d\r\n"),
        repeated("near delimiters", "Content-Type: multipart/mixed;boundary=---\r\n\r\n", "-----"));
  }

  private static Shape repeated(String name, String start, String part) {
    return new Shape(
        name,
        size -> "OPTIONS sip:x SIP/2.0\r\n" + start + part.repeat(size / part.length()) + "\r\n");
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void noInputIsWorseThanItsSize(Shape shape) {
    var small = Bytes.of(shape.ofSize().apply(SMALL));
    var large = Bytes.of(shape.ofSize().apply(SMALL * TIMES));
    fastest(small);
    long ratio = fastest(large) / Math.max(1, fastest(small));
    assertTrue(
        ratio < MAX_RATIO, () -> TIMES + " times the bytes took " + ratio + " times as long");
  }

  private static long fastest(Bytes bytes) {
    long fastest = Long.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      read(bytes);
      fastest = Math.min(fastest, System.nanoTime() - start);
    }
    return fastest;
  }

  private static void read(Bytes bytes) {
    var message = assertInstanceOf(SipMessage.class, SipParser.parse(bytes));
    message.fromTag();
    message.toTag();
    message.branch();
    message.contact();
    message.hops();
    message.headers("Route");
    message.headers("Via");
    message.headers();
    message.from();
    message.to();
    message.defects();
    Sdp.of(message);
  }
}
