package io.sipscope.protocol.sdp;

import io.sipscope.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the lines of a session description. Bounded: what is beyond the bounds is not looked at.
final class SdpReader {
  /// A WebRTC offer with many candidates has several hundred lines.
  private static final int MAX_LINES = 4096;

  /// The longest line worth reading; SDP over UDP has no longer ones.
  private static final int MAX_LINE = 4096;

  private static final int MAX_MEDIA = 64;

  /// Payload types have seven bits.
  private static final int MAX_FORMATS = 128;

  private static final Set<String> DIRECTIONS =
      Set.of("sendrecv", "sendonly", "recvonly", "inactive");

  private static final String DEFAULT_DIRECTION = "sendrecv";

  private String sessionAddress = "";
  private String sessionDirection = DEFAULT_DIRECTION;
  private final List<Section> sections = new ArrayList<>();

  private SdpReader() {}

  /// One `m=` line and what follows it.
  private static final class Section {
    final String kind;
    final int port;
    final String protocol;
    final List<String> formats;
    final Map<String, String> codecByFormat = new HashMap<>();
    String address = "";
    String direction = "";

    Section(String kind, int port, String protocol, List<String> formats) {
      this.kind = kind;
      this.port = port;
      this.protocol = protocol;
      this.formats = formats;
    }
  }

  static Optional<Sdp> read(Bytes body) {
    var reader = new SdpReader();
    int at = 0;
    boolean started = false;
    for (int lines = 0; lines < MAX_LINES && at < body.length(); lines++) {
      int end = lineEnd(body, at);
      var line = text(body, at, end);
      at = end + 1;
      if (line.isEmpty()) {
        continue;
      }
      if (!started && !line.startsWith("v=")) {
        return Optional.empty();
      }
      started = true;
      reader.line(line);
    }
    return started ? Optional.of(reader.sdp()) : Optional.empty();
  }

  private static int lineEnd(Bytes body, int from) {
    int at = from;
    while (at < body.length() && body.at(at) != '\n' && body.at(at) != '\r') {
      at++;
    }
    return at;
  }

  private static String text(Bytes body, int from, int end) {
    int length = Math.min(end - from, MAX_LINE);
    return new String(body.array(), body.offset() + from, length, StandardCharsets.UTF_8).strip();
  }

  private void line(String line) {
    if (line.startsWith("m=")) {
      medium(words(line.substring(2)));
    } else if (line.startsWith("c=")) {
      connection(words(line.substring(2)));
    } else if (line.startsWith("a=")) {
      attribute(line.substring(2));
    }
  }

  private void medium(List<String> words) {
    if (words.size() >= 3 && sections.size() < MAX_MEDIA) {
      var formats = words.subList(3, Math.min(words.size(), 3 + MAX_FORMATS));
      sections.add(new Section(words.get(0), port(words.get(1)), words.get(2), formats));
    }
  }

  /// `c=IN IP4 224.2.1.1/127`: what follows the slash is a multicast TTL.
  private void connection(List<String> words) {
    if (words.size() < 3) {
      return;
    }
    var address = before(words.get(2), '/');
    if (sections.isEmpty()) {
      sessionAddress = address;
    } else {
      sections.getLast().address = address;
    }
  }

  private void attribute(String attribute) {
    if (DIRECTIONS.contains(attribute)) {
      if (sections.isEmpty()) {
        sessionDirection = attribute;
      } else {
        sections.getLast().direction = attribute;
      }
    } else if (attribute.startsWith("rtpmap:") && !sections.isEmpty()) {
      var words = words(attribute.substring("rtpmap:".length()));
      var codecs = sections.getLast().codecByFormat;
      if (words.size() >= 2 && codecs.size() < MAX_FORMATS) {
        codecs.putIfAbsent(words.get(0), words.get(1));
      }
    }
  }

  private Sdp sdp() {
    return new Sdp(sections.stream().map(this::media).toList());
  }

  private Sdp.Media media(Section section) {
    return new Sdp.Media(
        section.kind,
        section.address.isEmpty() ? sessionAddress : section.address,
        section.port,
        section.protocol,
        section.formats.stream().map(format -> codec(section, format)).toList(),
        section.direction.isEmpty() ? sessionDirection : section.direction);
  }

  private static String codec(Section section, String format) {
    var mapped = section.codecByFormat.get(format);
    if (mapped != null) {
      return mapped;
    }
    return section.protocol.contains("RTP/") ? StaticCodec.name(format) : format;
  }

  /// `49170/2` is a port and how many; what is no port is 0.
  private static int port(String text) {
    var digits = before(text, '/');
    boolean isNumber =
        !digits.isEmpty()
            && digits.length() <= 5
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    int port = isNumber ? Integer.parseInt(digits) : 0;
    return port <= 65535 ? port : 0;
  }

  private static String before(String text, char end) {
    int at = text.indexOf(end);
    return at < 0 ? text : text.substring(0, at);
  }

  private static List<String> words(String text) {
    var words = new ArrayList<String>();
    int at = 0;
    while (at < text.length() && words.size() < MAX_FORMATS + 3) {
      int end = text.indexOf(' ', at);
      end = end < 0 ? text.length() : end;
      if (end > at) {
        words.add(text.substring(at, end));
      }
      at = end + 1;
    }
    return words;
  }
}
