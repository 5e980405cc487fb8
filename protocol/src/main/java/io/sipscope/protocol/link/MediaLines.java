package io.sipscope.protocol.link;

import io.sipscope.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// Reads where a session description wants media, and nothing else of it: this is asked of every
/// offer and answer while it is taken in. Of a multipart body the lines count wherever they are.
final class MediaLines {
  /// Of one body; a description of a call has two or three.
  private static final int MAX_MEDIA = 8;

  private static final int NO_PORT = -1;

  private final Bytes body;
  private final Consumer<Link.Media> media;
  private final List<Integer> ports = new ArrayList<>(2);
  private final List<String> addresses = new ArrayList<>(2);
  private String sessionAddress = "";
  private String origin = "";

  /// @param media is told of each
  MediaLines(Bytes body, Consumer<Link.Media> media) {
    this.body = body;
    this.media = media;
  }

  void read() {
    int at = 0;
    while (at + 1 < body.length() && ports.size() <= MAX_MEDIA) {
      int end = body.indexOf((byte) '\n', at);
      int until = end < 0 ? body.length() : end;
      if (until - at > 2 && body.at(at + 1) == '=') {
        line(body.at(at), at + 2, Math.min(until, at + Links.MAX_VALUE));
      }
      at = until + 1;
    }
    for (int i = 0; i < Math.min(ports.size(), MAX_MEDIA); i++) {
      tell(ports.get(i), addresses.get(i).isEmpty() ? sessionAddress : addresses.get(i));
    }
  }

  private void line(byte type, int from, int to) {
    switch (type) {
      case 'o' -> origin = origin.isEmpty() ? text(from, to) : origin;
      case 'c' -> {
        var address = word(text(from, to), 2);
        if (ports.isEmpty()) {
          sessionAddress = address;
        } else {
          addresses.set(addresses.size() - 1, address);
        }
      }
      case 'm' -> {
        ports.add(port(word(text(from, to), 1)));
        addresses.add("");
      }
      default -> {}
    }
  }

  private void tell(int port, String address) {
    // A multicast address may have a time to live behind it.
    int slash = address.indexOf('/');
    var host = (slash < 0 ? address : address.substring(0, slash)).toLowerCase(Locale.ROOT);
    if (port > 0 && !host.isEmpty() && !host.equals("0.0.0.0") && !host.equals("::")) {
      media.accept(new Link.Media(host + ":" + port, origin));
    }
  }

  private String text(int from, int to) {
    return body.slice(from, to).utf8().strip();
  }

  /// The nth word of a line, from 0; empty when it has fewer.
  private static String word(String line, int n) {
    int at = 0;
    for (int i = 0; i < n; i++) {
      int space = line.indexOf(' ', at);
      if (space < 0) {
        return "";
      }
      at = space + 1;
    }
    int end = line.indexOf(' ', at);
    return end < 0 ? line.substring(at) : line.substring(at, end);
  }

  /// A port may have a number of ports behind it: `4000/2`.
  private static int port(String word) {
    int slash = word.indexOf('/');
    var digits = slash < 0 ? word : word.substring(0, slash);
    boolean number =
        !digits.isEmpty()
            && digits.length() <= 5
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return number ? Integer.parseInt(digits) : NO_PORT;
  }
}
