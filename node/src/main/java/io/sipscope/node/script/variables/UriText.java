package io.sipscope.node.script.variables;

import io.sipscope.node.script.value.Value;
import io.sipscope.protocol.sip.NameAddr;
import java.util.Locale;
import java.util.Optional;

/// The parts of a SIP URI (RFC 3261 §19.1), as far as it has them; whatever the text is, taking it
/// apart does not fail.
final class UriText {
  /// What a URI without a port goes to (RFC 3261 §19.1.2), as OpenSIPS has it for `sips:` too.
  private static final int USUAL_PORT = 5060;

  private static final String USUAL_TRANSPORT = "udp";
  private static final int MAX_PORT = 65_535;

  private final String uri;
  private final NameAddr parts;

  private UriText(String uri, NameAddr parts) {
    this.uri = uri;
    this.parts = parts;
  }

  static UriText of(String uri) {
    return new UriText(uri, NameAddr.of(uri.indexOf('<') < 0 ? "<" + uri + ">" : uri));
  }

  Value user() {
    return Plain.present(parts.user());
  }

  Value host() {
    return Plain.present(parts.host());
  }

  /// The one it names, else 5060.
  Value port() {
    int host = afterHost();
    if (host < 0 || host >= uri.length() || uri.charAt(host) != ':') {
      return Value.of(USUAL_PORT);
    }
    int end = host + 1;
    while (end < uri.length() && end - host <= 5 && isDigit(uri.charAt(end))) {
      end++;
    }
    int port = end == host + 1 ? USUAL_PORT : Integer.parseInt(uri, host + 1, end, 10);
    return Value.of(port > MAX_PORT ? USUAL_PORT : port);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /// The parameter `transport`, else `udp`.
  Value transport() {
    return parameter("transport").map(Value::of).orElseGet(() -> Value.of(USUAL_TRANSPORT));
  }

  /// What stands behind `;name=`, empty text for one without a value.
  Optional<String> parameter(String name) {
    int from = Math.max(0, afterHost());
    int headers = uri.indexOf('?', from);
    return parameter(uri.substring(from, headers < 0 ? uri.length() : headers), name, ';');
  }

  /// A value of `name=value` parts; empty text for one without a value.
  static Optional<String> parameter(String text, String name, char separator) {
    int at = 0;
    while (at < text.length()) {
      int end = partEnd(text, at, separator);
      var part = text.substring(at, end);
      int equals = part.indexOf('=');
      var key = (equals < 0 ? part : part.substring(0, equals)).strip();
      if (key.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
        return Optional.of(equals < 0 ? "" : unquoted(part.substring(equals + 1).strip()));
      }
      at = end + 1;
    }
    return Optional.empty();
  }

  /// Quotes protect what is in them.
  private static int partEnd(String text, int from, char separator) {
    boolean quoted = false;
    int at = from;
    while (at < text.length() && (quoted || text.charAt(at) != separator)) {
      quoted ^= text.charAt(at) == '"';
      at++;
    }
    return at;
  }

  private static String unquoted(String text) {
    return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1)
        : text;
  }

  /// Where the host ends; -1 when there is none.
  private int afterHost() {
    var host = parts.host();
    if (host.isEmpty()) {
      return -1;
    }
    int user = parts.user().isEmpty() ? uri.indexOf(':') : uri.indexOf('@');
    int at = uri.indexOf(host, Math.max(0, user));
    return at < 0 ? -1 : at + host.length();
  }
}
