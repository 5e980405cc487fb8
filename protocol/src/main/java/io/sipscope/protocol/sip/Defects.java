package io.sipscope.protocol.sip;

import java.util.ArrayList;
import java.util.List;

/// What is wrong with a message by the book (RFC 3261 §7, §8.1.1, §20). It is stored all the same.
final class Defects {
  /// The most that is said of one message.
  private static final int MAX_DEFECTS = 32;

  private static final long MAX_CSEQ = 0x7fff_ffffL;

  private static final List<String> NEEDED = List.of("Via", "From", "To", "Call-ID", "CSeq");

  private static final List<String> ONCE =
      List.of("From", "To", "Call-ID", "CSeq", "Content-Length", "Content-Type", "Max-Forwards");

  private final SipMessage message;
  private final byte[] array;
  private final FirstLine first;
  private final HotHeaders hot;
  private final List<String> defects = new ArrayList<>();

  Defects(SipMessage message, byte[] array, FirstLine first, HotHeaders hot) {
    this.message = message;
    this.array = array;
    this.first = first;
    this.hot = hot;
  }

  List<String> all() {
    startLine();
    headers();
    addresses();
    cseq();
    length();
    return defects.stream().limit(MAX_DEFECTS).toList();
  }

  private void startLine() {
    var version = Span.text(array, first.version());
    if (!version.equals("2.0")) {
      add("version SIP/" + version + " (SIP/2.0)");
    }
    var line = Span.text(array, Span.of(first.start(), first.end()));
    if (!line.startsWith("SIP/") && !line.stripTrailing().endsWith(" SIP/" + version)) {
      add("SIP is not in upper case");
    }
    if (message.isRequest()) {
      requestLine(line);
    } else {
      statusLine(line);
    }
  }

  private void requestLine(String line) {
    if (!Method.isToken(array, first.method())) {
      add("the method is no token");
    }
    var uri = message.requestUri();
    if (uri.startsWith("<")) {
      add("the Request-URI is in angle brackets");
    }
    if (uri.chars().anyMatch(c -> c <= ' ')) {
      add("the Request-URI has white space in it");
    } else if (line.chars().filter(c -> c == ' ' || c == '\t').count() != 2) {
      add("white space in the start line (one space between its parts)");
    }
    if (uri.indexOf(':') <= 0) {
      add("the Request-URI has no scheme");
    }
  }

  private void statusLine(String line) {
    var digits = Span.text(array, first.status());
    int status = message.status();
    if (status < 100 || status > 699) {
      add("status code " + digits + " (100 to 699)");
    }
    int versionEnd = Span.end(first.version()) - first.start();
    if (!line.startsWith(" " + digits + " ", versionEnd)) {
      add("white space in the status line (one space before and after the code)");
    }
  }

  private void headers() {
    for (var name : NEEDED) {
      if (message.header(name).isEmpty()) {
        add("no " + name);
      }
    }
    for (var name : ONCE) {
      int count = message.headers(name).size();
      if (count > 1) {
        add(count + " " + name + " headers (one)");
      }
    }
    for (var header : message.headers()) {
      if (header.name().isEmpty()) {
        add("a header line without a name");
      } else if (header.name().chars().anyMatch(c -> c <= ' ')) {
        add("a header name with white space in it");
      }
    }
    if (!hot.ended) {
      add("the headers do not end: cut short");
    }
  }

  private void addresses() {
    address("From", hot.from);
    address("To", hot.to);
    if (hot.via != Span.NONE && message.branch().isEmpty()) {
      add("the topmost Via has no branch");
    }
    if (hot.from != Span.NONE && message.fromTag().isEmpty()) {
      add("From has no tag");
    }
  }

  private void address(String name, long value) {
    if (value == Span.NONE) {
      return;
    }
    var text = Headers.unfolded(array, value);
    if (text.chars().filter(c -> c == '"').count() % 2 != 0 && !text.contains("\\\"")) {
      add(name + " has a quote that does not close");
    }
    int left = Params.leftAngle(array, Span.start(value), Span.end(value));
    if (left >= 0 && Span.indexOf(array, '>', left, Span.end(value)) < 0) {
      add(name + " has an angle bracket that does not close");
    }
    if (NameAddr.read(array, value).uri().isEmpty()) {
      add(name + " has no URI");
    }
  }

  private void cseq() {
    if (hot.cseq == Span.NONE) {
      return;
    }
    var cseq = message.cseq();
    if (!cseq.isPresent() || cseq.number() > MAX_CSEQ) {
      add("CSeq number out of range (0 to 2147483647)");
    }
    if (message.isRequest() && !cseq.method().equals(message.method())) {
      add("CSeq method " + cseq.method() + " (" + message.method() + ")");
    }
  }

  private void length() {
    var length = message.contentLength();
    int there = message.bytes().length() - (hot.bodyStart - message.bytes().offset());
    if (hot.contentLength != Span.NONE && length.isEmpty()) {
      add("Content-Length is no number");
    } else if (length.isPresent() && length.getAsLong() > there) {
      add("body of " + there + " bytes (Content-Length says " + length.getAsLong() + ")");
    } else if (length.isPresent() && length.getAsLong() < there) {
      add((there - length.getAsLong()) + " bytes after the body");
    }
  }

  private void add(String defect) {
    if (defects.size() < MAX_DEFECTS && !defects.contains(defect)) {
      defects.add(defect);
    }
  }
}
