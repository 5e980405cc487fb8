package io.sipscope.protocol.sip;

import io.sipscope.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/// The messages of `sip/torture.txt`.
///
/// @param expected what a valid message gives; empty for the others
record Torture(String name, List<String> expected, Bytes bytes) {
  private static final Pattern REPEATED = Pattern.compile("<<(\\d+)\\*([^>]*)>>");
  private static final String MARK = "==== ";

  static List<Torture> all() {
    var all = new ArrayList<Torture>();
    var sections = text().split("(?m)^" + MARK, -1);
    for (int i = 1; i < sections.length; i++) {
      int lineEnd = sections[i].indexOf('\n');
      var heading = repeated(sections[i].substring(0, lineEnd)).split(" ?\\| ?", -1);
      all.add(
          new Torture(
              heading[0],
              List.of(heading).subList(1, heading.length),
              Bytes.of(onTheWire(repeated(sections[i].substring(lineEnd + 1))))));
    }
    return List.copyOf(all);
  }

  private static String text() {
    try (var in = Torture.class.getResourceAsStream("/sip/torture.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String repeated(String text) {
    return REPEATED
        .matcher(text)
        .replaceAll(
            found ->
                java.util.regex.Matcher.quoteReplacement(
                    found.group(2).repeat(Integer.parseInt(found.group(1)))));
  }

  private static byte[] onTheWire(String text) {
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        bytes.write('\r');
        bytes.write('\n');
      } else if (c == '\\' && text.startsWith("x", i + 1)) {
        bytes.write(Integer.parseInt(text.substring(i + 2, i + 4), 16));
        i += 3;
      } else {
        bytes.write(c);
      }
    }
    return bytes.toByteArray();
  }

  @Override
  public String toString() {
    return name;
  }
}
