package io.sipscope.node.sources.ami;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// What Asterisk's manager interface sends, byte for byte: the SIP messages in it, put together,
/// and the answers to our actions. It comes as packets of lines `Name: value`, each ended by an
/// empty line. A SIP message is in there
///
/// - as values, whatever the event and the attribute are called: a line a value, the attribute
///   repeated in one event, or an event for each line; or with escaped line breaks in one value;
/// - raw: behind the line that announces it, or as the rest of a value.
///
/// The bytes are not trusted: nothing throws, and what is held is bounded.
final class AmiStream {
  /// Of a line; what is longer is taken in pieces.
  static final int MAX_LINE = 1 << 16;

  /// Of an answer that is passed on, in characters: `pjsip show settings` has some thousand.
  static final int MAX_ANSWER = 1 << 17;

  private static final int CRLF = 2;
  private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");
  private static final Pattern EPOCH = Pattern.compile("\\d{1,10}(?:\\.\\d{1,9})?");
  private static final Pattern ESCAPED_BREAK = Pattern.compile("\\\\r\\\\n|\\\\n");

  /// Of an older Asterisk's answer to a command: raw lines, up to this one.
  private static final String END_OF_OUTPUT = "--END COMMAND--";

  private static final String ANSWER = "response";
  private static final String OUTPUT = "output";

  /// Who hears what came, on the thread that feeds.
  interface Listener extends LogText.Cut {
    void greeted(String banner);

    /// An answer to an action: its lines, without the empty one.
    void answered(List<String> lines);

    void message(LoggedMessage message);
  }

  private final Listener listener;
  private final LogText log;
  private final StringBuilder line = new StringBuilder();
  private final List<String> answer = new ArrayList<>();
  private int answerLength;
  private String kind = "";
  private String event = "";
  private boolean follows;
  private OptionalLong time = OptionalLong.empty();

  AmiStream(Listener listener) {
    this.listener = listener;
    this.log = new LogText(listener::message, listener);
  }

  void feed(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = (char) (bytes[i] & 0xff);
      if (c == '\n') {
        int length = line.length();
        boolean carriageReturn = length > 0 && line.charAt(length - 1) == '\r';
        line.setLength(carriageReturn ? length - 1 : length);
        endLine(carriageReturn ? CRLF : 1);
      } else {
        line.append(c);
        if (line.length() == MAX_LINE) {
          endLine(0);
        }
      }
    }
  }

  /// The connection has ended: what is not whole never will be.
  void end() {
    if (!line.isEmpty()) {
      log.endsInside(line.toString());
      line.setLength(0);
    }
    log.giveUp(LogText.CUT_OFF);
  }

  private void endLine(int lineBreak) {
    var text = line.toString();
    line.setLength(0);
    boolean wasInside = log.isRaw();
    if (log.isInside(text, name(text))) {
      log.inside(text, lineBreak);
      return;
    }
    if (wasInside) {
      kind = ""; // the end of its packet was taken for the message's
    }
    if (text.isEmpty()) {
      endPacket();
    } else {
      read(text, lineBreak);
    }
  }

  private void read(String text, int lineBreak) {
    var name = name(text);
    if (kind.isEmpty()) {
      if (name.isEmpty() && text.contains("Call Manager/")) {
        listener.greeted(text);
        return;
      }
      kind = name;
      event = valueOf(text).toLowerCase(Locale.ROOT);
    }
    if (follows) {
      output(text);
    } else if (name.isEmpty()) {
      log.raw(text, lineBreak, time);
    } else {
      attribute(name, text);
    }
  }

  /// An older Asterisk's output becomes what a newer one's is.
  private void output(String text) {
    int end = text.indexOf(END_OF_OUTPUT);
    if (end >= 0) {
      follows = false;
    }
    var out = end < 0 ? text : text.substring(0, end);
    var name = name(out);
    if (name.equals("actionid") || name.equals("privilege")) {
      keep(out);
    } else if (!out.isEmpty()) {
      attribute(OUTPUT, "Output: " + out);
    }
  }

  private void attribute(String name, String text) {
    var value = valueOf(text);
    boolean isAnswer = kind.equals(ANSWER);
    if (name.equals("timestamp")) {
      time = time(value);
    }
    if (isAnswer && name.equals(ANSWER) && value.equalsIgnoreCase("follows")) {
      follows = true;
      keep("Response: Success");
      return;
    }
    if (isAnswer) {
      keep(text);
    }
    if (!isAnswer || name.equals(OUTPUT)) {
      logged(isAnswer ? OUTPUT : event + ' ' + name, value);
    }
  }

  private void logged(String key, String value) {
    if (value.contains("SIP/2.0") && ESCAPED_BREAK.matcher(value).find()) {
      for (var part : ESCAPED_BREAK.split(value, -1)) {
        log.value(key, part, time);
      }
      log.endText();
    } else {
      log.value(key, value, time);
    }
  }

  private void keep(String text) {
    if (answerLength + text.length() < MAX_ANSWER) {
      answer.add(text);
      answerLength += text.length();
    }
  }

  private void endPacket() {
    if (follows) {
      return;
    }
    log.endPacket();
    if (kind.equals(ANSWER) && answer.stream().anyMatch(AmiStream::isActionId)) {
      listener.answered(List.copyOf(answer));
    }
    answer.clear();
    answerLength = 0;
    kind = "";
    event = "";
    time = OptionalLong.empty();
  }

  /// Who asked: an answer without it is to nobody.
  private static boolean isActionId(String text) {
    return name(text).equals("actionid");
  }

  /// The attribute's name in lower case; empty when the line has none.
  private static String name(String text) {
    int colon = text.indexOf(':');
    return colon > 0 && NAME.matcher(text).region(0, colon).matches()
        ? text.substring(0, colon).toLowerCase(Locale.ROOT)
        : "";
  }

  /// Without the carriage returns that a log line brought along.
  private static String valueOf(String text) {
    int from = text.indexOf(':') + 1;
    if (from < text.length() && text.charAt(from) == ' ') {
      from++;
    }
    int to = text.length();
    while (to > from && text.charAt(to - 1) == '\r') {
      to--;
    }
    return text.substring(from, to);
  }

  /// As `timestampevents` in manager.conf writes it: seconds since the epoch, with a fraction.
  private static OptionalLong time(String value) {
    return EPOCH.matcher(value).matches()
        ? OptionalLong.of(new BigDecimal(value).multiply(NANOS).longValue())
        : OptionalLong.empty();
  }
}
