package io.sipscope.protocol.sip;

import io.sipscope.protocol.Bytes;
import java.util.List;
import java.util.Optional;

/// A SIP request or response over its bytes (RFC 3261 §7). The parser reads what routes and
/// counts a message; everything else is read when asked for. However odd a header is, reading it
/// answers with what is there or with an absent value, never an exception.
public final class SipMessage implements Sip {
  public Bytes bytes() {
    return null;
  }

  public StartLine startLine() {
    return null;
  }

  public boolean isRequest() {
    return false;
  }

  /// The request's method exactly as sent; empty for a response.
  public String method() {
    return null;
  }

  /// The response's status code; 0 for a request.
  public int status() {
    return 0;
  }

  /// The response's reason phrase; empty for a request.
  public String reason() {
    return null;
  }

  /// The request's URI; empty for a response.
  public String requestUri() {
    return null;
  }

  public CallId callId() {
    return null;
  }

  public CSeq cseq() {
    return null;
  }

  /// Empty when absent.
  public String fromTag() {
    return null;
  }

  public String toTag() {
    return null;
  }

  /// Branch of the topmost Via; empty when absent.
  public String branch() {
    return null;
  }

  /// First Contact value, as sent; empty when absent.
  public String contact() {
    return null;
  }

  public String contentType() {
    return null;
  }

  /// First value of a header by its long name, whatever its case, compact or not; unfolded and
  // trimmed.
  public Optional<String> header(String name) {
    return null;
  }

  /// Every value of a header in order; comma-separated values of list headers are separate values.
  public List<String> headers(String name) {
    return null;
  }

  /// Every header line in order, unfolded, name as sent.
  public List<Header> headers() {
    return null;
  }

  public NameAddr from() {
    return null;
  }

  public NameAddr to() {
    return null;
  }

  /// What follows the empty line; shorter than Content-Length when the message was cut short.
  public Bytes body() {
    return null;
  }

  /// What is wrong with the message by the book, each a short sentence; empty when nothing is.
  public List<String> defects() {
    return null;
  }

  public record Header(String name, String value) {}
}
