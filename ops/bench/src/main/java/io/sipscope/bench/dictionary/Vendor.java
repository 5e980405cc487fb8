package io.sipscope.bench.dictionary;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How one product writes its messages, as `vendors.txt` has it.
///
/// @param ids templates by name: `call-id`, `tag`, `branch`, `cseq`
/// @param request the headers of its requests, in order
/// @param media attributes of its SDP, in order
record Vendor(
    Kind kind,
    Map<String, String> ids,
    List<Header> request,
    List<Header> response,
    List<String> media) {

  enum Kind {
    PHONE,
    SERVER,
    CARRIER,
    BROWSER,
    HANDSET
  }

  /// @param when methods and classes of answers (`INVITE`, `2xx`) that it is limited to
  /// @param rarely whether it is left out half of the time
  record Header(List<String> when, boolean rarely, String template) {

    /// @param status 0 in a request
    boolean belongs(String method, int status) {
      return fits(method, "[A-Z]+") && (status == 0 || fits(status / 100 + "xx", "[1-6]xx"));
    }

    private boolean fits(String value, String kind) {
      return when.contains(value) || when.stream().noneMatch(word -> word.matches(kind));
    }

    static Header parse(String line) {
      boolean rarely = line.startsWith("~");
      var rest = rarely ? line.substring(1) : line;
      if (!rest.startsWith("[")) {
        return new Header(List.of(), rarely, rest);
      }
      int end = rest.indexOf(']');
      return new Header(
          List.of(rest.substring(1, end).split(" ", -1)), rarely, rest.substring(end + 1));
    }
  }

  static List<Vendor> all() throws IOException {
    try (var in = Vendor.class.getResourceAsStream("vendors.txt")) {
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      var vendors = new ArrayList<Vendor>();
      for (var block : text.split("\n== ", -1)) {
        if (!block.startsWith("#")) {
          vendors.add(parse(block));
        }
      }
      return List.copyOf(vendors);
    }
  }

  private static Vendor parse(String block) {
    var lines = block.lines().filter(line -> !line.isBlank()).toList();
    int request = lines.indexOf("request");
    int response = lines.indexOf("response");
    int media = lines.indexOf("media");
    var ids = new HashMap<String, String>();
    for (var id : lines.get(1).substring("ids ".length()).split(" ", -1)) {
      int equals = id.indexOf('=');
      ids.put(id.substring(0, equals), id.substring(equals + 1));
    }
    return new Vendor(
        Kind.valueOf(lines.getFirst().split(" ", -1)[0].toUpperCase(Locale.ROOT)),
        Map.copyOf(ids),
        lines.subList(request + 1, response).stream().map(Header::parse).toList(),
        lines.subList(response + 1, media).stream().map(Header::parse).toList(),
        List.copyOf(lines.subList(media + 1, lines.size())));
  }
}
