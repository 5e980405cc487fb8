package io.sipscope.http.messages;

import io.sipscope.http.live.Live;
import io.sipscope.persistence.index.DialogQuery;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.sip.CallId;
import io.sipscope.protocol.sip.NameAddr;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/// What the filters of a search say of one message:
///
/// | filter | holds when |
/// | --- | --- |
/// | method | it is a request of that method, whatever its case |
/// | status | it is a response with that status, or of that class |
/// | address | it came from or went to it |
/// | agent | its capture agent's id or name is it |
/// | start, end | its time is at or after start and before end |
/// | text | its bytes contain it, whatever the case of ASCII letters |
public final class Wanted {
  private Wanted() {}

  /// For messages of dialogs that the index has chosen by the other filters.
  public static Predicate<Live.Message> inChosenDialogs(DialogQuery query) {
    return all(ofMessage(query));
  }

  /// For messages whose dialogs nobody has chosen: call-id, from, to and user are read off the
  /// message too. Trunk, phase and damage cannot be.
  public static Predicate<Live.Message> anywhere(DialogQuery query) {
    var filters = ofMessage(query);
    query
        .callId()
        .ifPresent(
            text -> {
              var key = CallId.of(text).key();
              filters.add(m -> m.key().equals(key) || m.key().equals(text));
            });
    query.from().map(Wanted::folded).ifPresent(text -> filters.add(m -> has(from(m), text)));
    query.to().map(Wanted::folded).ifPresent(text -> filters.add(m -> has(to(m), text)));
    query
        .user()
        .map(Wanted::folded)
        .ifPresent(text -> filters.add(m -> has(from(m), text) || has(to(m), text)));
    return all(filters);
  }

  private static List<Predicate<Live.Message>> ofMessage(DialogQuery query) {
    var filters = new ArrayList<Predicate<Live.Message>>();
    query.start().ifPresent(start -> filters.add(m -> m.rung().capture().time() >= start));
    query.end().ifPresent(end -> filters.add(m -> m.rung().capture().time() < end));
    query
        .method()
        .ifPresent(name -> filters.add(m -> m.rung().message().method().equalsIgnoreCase(name)));
    query
        .status()
        .ifPresent(status -> filters.add(m -> isStatus(m.rung().message().status(), status)));
    query
        .address()
        .ifPresent(
            address ->
                filters.add(
                    m ->
                        isAt(address, m.rung().capture().source())
                            || isAt(address, m.rung().capture().destination())));
    query
        .agent()
        .ifPresent(
            agent ->
                filters.add(
                    m -> {
                      var seenBy = m.rung().capture().agent();
                      return seenBy.name().equals(agent)
                          || Long.toString(seenBy.id()).equals(agent);
                    }));
    query
        .text()
        .map(Wanted::lowered)
        .ifPresent(text -> filters.add(m -> contains(m.rung().capture().sip(), text)));
    return filters;
  }

  private static Predicate<Live.Message> all(List<Predicate<Live.Message>> filters) {
    var every = List.copyOf(filters);
    return message -> every.stream().allMatch(filter -> filter.test(message));
  }

  private static NameAddr from(Live.Message message) {
    return message.rung().message().from();
  }

  private static NameAddr to(Live.Message message) {
    return message.rung().message().to();
  }

  private static boolean has(NameAddr party, String text) {
    return folded(party.user() + "@" + party.host()).contains(text)
        || folded(party.uri()).contains(text);
  }

  private static boolean isAt(String address, Endpoint endpoint) {
    return endpoint.address().toString().equals(address) || endpoint.toString().equals(address);
  }

  private static boolean isStatus(int status, String wanted) {
    return wanted.endsWith("xx")
        ? status / 100 == wanted.charAt(0) - '0'
        : status == Integer.parseInt(wanted);
  }

  private static String folded(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static byte[] lowered(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = lower(bytes[i]);
    }
    return bytes;
  }

  private static byte lower(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b + ('a' - 'A')) : b;
  }

  private static boolean contains(Bytes bytes, byte[] text) {
    for (int at = 0; at <= bytes.length() - text.length; at++) {
      int same = 0;
      while (same < text.length && lower(bytes.at(at + same)) == text[same]) {
        same++;
      }
      if (same == text.length) {
        return true;
      }
    }
    return false;
  }
}
