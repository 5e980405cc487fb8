package io.sipscope.protocol.sip;

import io.sipscope.protocol.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A SIP request or response over its bytes (RFC 3261 §7). The parser reads what routes and
/// counts a message; everything else is read when asked for. However odd a header is, reading it
/// answers with what is there or with an absent value, never an exception.
///
/// Text is UTF-8, what is no UTF-8 replaced.
public final class SipMessage implements Sip {
  private static final int MAX_STATUS_DIGITS = 3;

  private static final String VIA_START = "sip/";
  private static final String AUTHORIZATION = "authorization";
  private static final String PROXY_AUTHORIZATION = "proxy-authorization";

  private final Bytes bytes;
  private final byte[] array;
  private final FirstLine first;
  private final HotHeaders hot;

  SipMessage(Bytes bytes, FirstLine first, HotHeaders hot) {
    this.bytes = bytes;
    this.array = bytes.array();
    this.first = first;
    this.hot = hot;
  }

  public Bytes bytes() {
    return bytes;
  }

  public StartLine startLine() {
    return isRequest()
        ? new StartLine.RequestLine(method(), requestUri())
        : new StartLine.StatusLine(status(), reason());
  }

  public boolean isRequest() {
    return first.isRequest();
  }

  /// The request's method exactly as sent; empty for a response.
  public String method() {
    return Method.text(array, first.method());
  }

  /// The response's status code; 0 for a request, and for a code of more than three digits.
  public int status() {
    long digits = first.status();
    return Span.isEmpty(digits) || Span.length(digits) > MAX_STATUS_DIGITS
        ? 0
        : (int) Digits.value(array, Span.start(digits), Span.end(digits));
  }

  /// The response's reason phrase; empty for a request.
  public String reason() {
    return Span.text(array, first.reason());
  }

  /// The request's URI; empty for a response.
  public String requestUri() {
    return Span.text(array, first.uri());
  }

  public CallId callId() {
    return Span.isEmpty(hot.callId) ? CallId.NONE : new CallId(view(hot.callId));
  }

  /// Its method is there even where its number is unreadable (-1).
  public CSeq cseq() {
    int start = Span.start(hot.cseq);
    int end = Span.end(hot.cseq);
    int digits = Digits.end(array, start, end);
    int word = digits;
    while (word < end && !Span.isBlank(array[word])) {
      word++;
    }
    int method = Span.skipBlanks(array, word == digits || digits == start ? word : digits, end);
    int methodEnd = method;
    while (methodEnd < end && !Span.isBlank(array[methodEnd])) {
      methodEnd++;
    }
    long number = Digits.value(array, start, digits);
    return number < 0 && method == methodEnd
        ? CSeq.NONE
        : new CSeq(number, Method.text(array, Span.of(method, methodEnd)));
  }

  /// Empty when absent.
  public String fromTag() {
    return Span.text(array, hot.tag(hot.from));
  }

  public String toTag() {
    return Span.text(array, hot.tag(hot.to));
  }

  /// Branch of the topmost Via; empty when absent.
  public String branch() {
    return Span.text(array, Params.value(array, Span.start(hot.via), Span.end(hot.via), "branch"));
  }

  /// Whether there is a Via that begins as one does: `SIP/2.0/UDP host`.
  public boolean hasVia() {
    int start = Span.start(hot.via);
    return Span.length(hot.via) > VIA_START.length()
        && Span.isIgnoringCase(array, start, start + VIA_START.length(), VIA_START);
  }

  /// Whether From, To, Call-ID and CSeq are there, the last with a number.
  public boolean isIdentified() {
    return !Span.isEmpty(hot.from)
        && !Span.isEmpty(hot.to)
        && !Span.isEmpty(hot.callId)
        && Digits.end(array, Span.start(hot.cseq), Span.end(hot.cseq)) > Span.start(hot.cseq);
  }

  /// Whether the Request-URI has a scheme and no white space; true for a response.
  public boolean hasSoundUri() {
    if (!isRequest()) {
      return true;
    }
    int end = Span.end(first.uri());
    boolean scheme = false;
    for (int i = Span.start(first.uri()); i < end; i++) {
      if (Span.isBlank(array[i])) {
        return false;
      }
      scheme |= array[i] == ':' && i > Span.start(first.uri());
    }
    return scheme;
  }

  /// How many Via values there are: how far from its sender the message was seen (RFC 3261
  /// §16.6).
  public int hops() {
    int hops = 0;
    var line = new HeaderLines(array, headersStart(), bytes.offset() + bytes.length());
    while (line.next()) {
      if (HeaderName.VIA.matches(array, line.nameStart(), line.nameEnd())) {
        long value = line.value();
        int at = Span.start(value);
        while (at < Span.end(value)) {
          at = Params.firstValueEnd(array, at, Span.end(value)) + 1;
          hops++;
        }
      }
    }
    return hops;
  }

  /// Whether it has an Authorization or Proxy-Authorization (RFC 3261 §22). Asked of every request,
  /// so without reading what they say.
  public boolean hasCredentials() {
    return has(AUTHORIZATION, PROXY_AUTHORIZATION);
  }

  /// Whether there is a header of this name in lower case, or of its other one, without reading it.
  public boolean has(String name, String orName) {
    var line = new HeaderLines(array, headersStart(), bytes.offset() + bytes.length());
    while (line.next()) {
      if (Span.isIgnoringCase(array, line.nameStart(), line.nameEnd(), name)
          || Span.isIgnoringCase(array, line.nameStart(), line.nameEnd(), orName)) {
        return true;
      }
    }
    return false;
  }

  /// First Contact value, as sent; empty when absent.
  public String contact() {
    int start = Span.start(hot.contact);
    int end = Params.firstValueEnd(array, start, Span.end(hot.contact));
    return Headers.unfolded(array, Span.trimmed(array, start, end));
  }

  public String contentType() {
    return Headers.unfolded(array, hot.contentType);
  }

  /// What Content-Length says; empty when there is none that can be read.
  public OptionalLong contentLength() {
    long value = Digits.value(array, Span.start(hot.contentLength), Span.end(hot.contentLength));
    return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /// First value of a header by its long name, whatever its case, compact or not; unfolded and
  /// trimmed.
  public Optional<String> header(String name) {
    return lazily().first(name);
  }

  /// Every value of a header in order, at most [Headers#MAX_LISTED]; comma-separated values of list
  /// headers are separate values.
  public List<String> headers(String name) {
    return lazily().all(name);
  }

  /// Every header line in order, at most [Headers#MAX_LISTED], unfolded, name as sent. A line
  /// without a colon has no name.
  public List<Header> headers() {
    return lazily().lines();
  }

  /// The lines of some headers in order, at most [Headers#MAX_LISTED], unfolded, each with its long
  /// name in lower case: one pass, whatever the number of names.
  public List<Header> headers(HeaderNames names) {
    return lazily().of(names);
  }

  public NameAddr from() {
    return NameAddr.read(array, hot.from);
  }

  public NameAddr to() {
    return NameAddr.read(array, hot.to);
  }

  /// What follows the empty line, as far as Content-Length reaches; shorter than that when the
  /// message was cut short.
  public Bytes body() {
    var rest = bytes.from(hot.bodyStart - bytes.offset());
    var length = contentLength();
    return length.isPresent() && length.getAsLong() < rest.length()
        ? rest.slice(0, (int) length.getAsLong())
        : rest;
  }

  /// What is wrong with the message by the book, each a short sentence; empty when nothing is.
  public List<String> defects() {
    return new Defects(this, array, first, hot).all();
  }

  private Headers lazily() {
    return new Headers(array, headersStart(), bytes.offset() + bytes.length());
  }

  private int headersStart() {
    return Line.after(array, first.end(), bytes.offset() + bytes.length());
  }

  private Bytes view(long span) {
    return Bytes.of(array, Span.start(span), Span.length(span));
  }

  public record Header(String name, String value) {}
}
