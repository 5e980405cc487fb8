package io.sipscope.node.sources.ami;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
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

  /// Enough of a log's line to see whether it says that something was sent.
  private static final int MAX_SAID = 64;

  private static final int CRLF = 2;
  private static final String CUT_OFF = "ami-cut-off";
  private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");
  private static final Pattern EPOCH = Pattern.compile("\\d{1,10}(?:\\.\\d{1,9})?");
  private static final Pattern CHAN_SIP_END = Pattern.compile("<-{3,}>|---");
  private static final Pattern ESCAPED_BREAK = Pattern.compile("\\\\r\\\\n|\\\\n");

  /// Of an older Asterisk's answer to a command: raw lines, up to this one.
  private static final String END_OF_OUTPUT = "--END COMMAND--";

  /// Headers that may follow a start line at once. An event's own attributes are called otherwise.
  private static final Set<String> FIRST_HEADERS =
      Set.of(
          "via",
          "v",
          "from",
          "f",
          "to",
          "t",
          "call-id",
          "i",
          "cseq",
          "contact",
          "m",
          "route",
          "record-route",
          "max-forwards",
          "allow",
          "supported",
          "k",
          "user-agent");

  /// Who hears what came, on the thread that feeds.
  interface Listener {
    void greeted(String banner);

    /// An answer to an action: its lines, without the empty one.
    void answered(List<String> lines);

    void message(LoggedMessage message);

    /// A message that was not whole.
    ///
    /// @param reason a constant in kebab-case
    void cut(String reason, String detail);
  }

  private final Listener listener;
  private final StringBuilder line = new StringBuilder();
  private final List<String> answer = new ArrayList<>();
  private int answerLength;
  private Optional<Assembly> open = Optional.empty();
  private String kind = "";
  private boolean follows;
  private OptionalLong time = OptionalLong.empty();
  private String said = "";
  private int linesBefore;

  AmiStream(Listener listener) {
    this.listener = listener;
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
      endInside(line.toString());
      line.setLength(0);
    }
    giveUp(CUT_OFF);
  }

  /// The last line is not whole; a value that is cut would look like another.
  private void endInside(String text) {
    if (open.isEmpty()) {
      LogHeader.in(text).ifPresent(_ -> listener.cut(CUT_OFF, "0 bytes (all of it)"));
    } else if (open.get().isRaw()) {
      add(open.get(), text, 0);
    }
  }

  private void endLine(int lineBreak) {
    var text = line.toString();
    line.setLength(0);
    if (open.isPresent() && goesOnRaw(open.get(), text)) {
      add(open.get(), text, lineBreak);
    } else if (text.isEmpty()) {
      endPacket();
    } else {
      read(text, lineBreak);
    }
  }

  /// Whether a line of the stream belongs to the message itself.
  private boolean goesOnRaw(Assembly message, String text) {
    if (!message.isRaw()) {
      boolean begins = message.isEmpty() && Assembly.isStartLine(text);
      var name = name(text);
      boolean follows = message.lines() == 1 && !message.isOf(name) && FIRST_HEADERS.contains(name);
      if (begins || follows) {
        message.goesOnRaw();
      }
      return message.isRaw();
    }
    boolean isPacket =
        text.startsWith("Response: ") || (message.headersEnded() && text.startsWith("Event: "));
    if (isPacket || LogHeader.in(text).isPresent()) {
      giveUp("ami-cut");
      kind = "";
      return false;
    }
    return true;
  }

  private void read(String text, int lineBreak) {
    var name = name(text);
    if (kind.isEmpty()) {
      if (text.contains("Call Manager") && text.indexOf('/') > 0 && name.isEmpty()) {
        listener.greeted(text);
        return;
      }
      kind = name;
    }
    if (follows) {
      output(text);
    } else if (name.isEmpty()) {
      rawLine(text, lineBreak);
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
      attribute("output", "Output: " + out);
    }
  }

  private void rawLine(String text, int lineBreak) {
    if (Assembly.isStartLine(text)) {
      giveUp("ami-cut");
      var message = new Assembly(LogHeader.none(saysSent(said)), "", time);
      message.goesOnRaw();
      begin(message);
      add(message, text, lineBreak);
    } else {
      value("", text);
    }
  }

  private void attribute(String name, String text) {
    var value = valueOf(text);
    boolean isAnswer = kind.equals("response");
    if (name.equals("timestamp")) {
      time = time(value);
    }
    if (isAnswer && name.equals("response") && value.equalsIgnoreCase("follows")) {
      follows = true;
      keep("Response: Success");
      return;
    }
    if (isAnswer) {
      keep(text);
    }
    if (!isAnswer || name.equals("output")) {
      if (value.contains("SIP/2.0") && ESCAPED_BREAK.matcher(value).find()) {
        for (var part : ESCAPED_BREAK.split(value, -1)) {
          value(name, part);
        }
        endText();
      } else {
        value(name, value);
      }
    }
  }

  private void keep(String text) {
    if (answerLength + text.length() < MAX_ANSWER) {
      answer.add(text);
      answerLength += text.length();
    }
  }

  /// One line of a log.
  private void value(String name, String text) {
    var header = LogHeader.in(text);
    if (header.isPresent()) {
      giveUp("ami-cut");
      begin(new Assembly(header.get(), name, time));
      return;
    }
    if (Assembly.isStartLine(text)) {
      if (open.isEmpty()) {
        begin(new Assembly(LogHeader.none(saysSent(said)), name, time));
      } else if (open.get().isEmpty()) {
        open = Optional.of(open.get().under(name));
      }
    }
    if (open.isEmpty() || !open.get().isOf(name)) {
      said = text.length() > MAX_SAID ? text.substring(0, MAX_SAID) : text;
      return;
    }
    var message = open.get();
    if (message.isEmpty() && !Assembly.isStartLine(text)) {
      if (!text.isBlank()) {
        giveUp("ami-cut");
      }
    } else if (!message.isAnnounced() && CHAN_SIP_END.matcher(text).matches()) {
      endText();
    } else {
      add(message, text, CRLF);
    }
  }

  private void begin(Assembly message) {
    open = Optional.of(message);
    linesBefore = 0;
    if (message.isTooLong()) {
      giveUp("ami-too-long");
    }
  }

  private void add(Assembly message, String text, int lineBreak) {
    message.add(text, lineBreak);
    if (message.isComplete()) {
      deliver(message);
    } else if (message.isTooLong()) {
      giveUp("ami-too-long");
    }
  }

  /// Nothing more comes of the text that the open message is in.
  private void endText() {
    open.filter(message -> !message.isAnnounced()).ifPresent(Assembly::endHeaders);
    open.filter(Assembly::mayEnd).ifPresent(this::deliver);
  }

  private void deliver(Assembly message) {
    open = Optional.empty();
    said = "";
    listener.message(message.message());
  }

  private void giveUp(String reason) {
    if (open.isPresent()) {
      var message = open.get();
      open = Optional.empty();
      if (message.mayEnd()) {
        deliver(message);
      } else {
        listener.cut(reason, message.size());
      }
    }
  }

  /// A message may go on in the next packet, unless this one had several lines of it and it needs
  /// no more.
  private void endPacket() {
    if (follows) {
      return;
    }
    open.filter(message -> message.isAnnounced() && message.isWholeByItself())
        .ifPresent(this::deliver);
    open.filter(message -> !message.isAnnounced() && message.lines() - linesBefore > 1)
        .ifPresent(_ -> endText());
    linesBefore = open.map(Assembly::lines).orElse(0);
    if (kind.equals("response") && answer.stream().anyMatch(AmiStream::isActionId)) {
      listener.answered(List.copyOf(answer));
    }
    answer.clear();
    answerLength = 0;
    kind = "";
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

  private static boolean saysSent(String text) {
    return text.toLowerCase(Locale.ROOT).contains("transmitting")
        || text.toLowerCase(Locale.ROOT).startsWith("send");
  }
}
