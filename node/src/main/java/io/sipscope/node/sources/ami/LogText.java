package io.sipscope.node.sources.ami;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// The lines of Asterisk's log, in whatever packets they come, and the message that is being put
/// together of them: one at a time, as Asterisk logs each at once.
final class LogText {
  /// Why a message was not whole: another followed, its connection ended, it was too long.
  static final String CUT = "ami-cut";

  static final String CUT_OFF = "ami-cut-off";
  private static final String TOO_LONG = "ami-too-long";

  /// Enough of a line to see whether it says that something was sent.
  private static final int MAX_SAID = 64;

  private static final int CRLF = 2;
  private static final Pattern CHAN_SIP_END = Pattern.compile("<-{3,}>|---");

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

  /// Who hears of messages that were not whole.
  interface Cut {
    /// @param reason a constant in kebab-case
    void cut(String reason, String detail);
  }

  private final Consumer<LoggedMessage> messages;
  private final Cut cuts;
  private Optional<Assembly> open = Optional.empty();
  private String said = "";
  private int linesBefore;

  LogText(Consumer<LoggedMessage> messages, Cut cuts) {
    this.messages = messages;
    this.cuts = cuts;
  }

  /// Whether a message is open whose lines come as they are.
  boolean isRaw() {
    return open.filter(Assembly::isRaw).isPresent();
  }

  /// Whether a line of the stream belongs to the message itself, which goes on raw.
  ///
  /// @param name what an attribute in this line would be called
  boolean isInside(String line, String name) {
    if (open.isEmpty()) {
      return false;
    }
    var message = open.get();
    if (!message.isRaw()) {
      boolean begins = message.isEmpty() && Assembly.isStartLine(line);
      boolean follows = message.lines() == 1 && FIRST_HEADERS.contains(name);
      if (begins || follows) {
        message.goesOnRaw();
      }
      return message.isRaw();
    }
    boolean isPacket =
        line.startsWith("Response: ") || (message.headersEnded() && line.startsWith("Event: "));
    if (isPacket || LogHeader.in(line).isPresent()) {
      giveUp(CUT);
      return false;
    }
    return true;
  }

  /// One line that [#isInside], as it came.
  ///
  /// @param lineBreak bytes that ended it: 0, 1 or 2
  void inside(String line, int lineBreak) {
    open.ifPresent(message -> add(message, line, lineBreak));
  }

  /// The connection ended within a line: no value, as what is cut would look like another.
  void endsInside(String line) {
    if (open.isEmpty()) {
      LogHeader.in(line).ifPresent(_ -> cuts.cut(CUT_OFF, "0 bytes (all of it)"));
    } else if (open.get().isRaw()) {
      inside(line, 0);
    }
  }

  /// A line of the stream that is no attribute.
  void raw(String line, int lineBreak, OptionalLong time) {
    if (Assembly.isStartLine(line)) {
      giveUp(CUT);
      var message = new Assembly(LogHeader.none(saysSent()), "", time);
      message.goesOnRaw();
      begin(message);
      inside(line, lineBreak);
    } else {
      value("", line, time);
    }
  }

  /// A line that came as a value.
  ///
  /// @param key of what: lines of one message have the same
  void value(String key, String line, OptionalLong time) {
    var header = LogHeader.in(line);
    if (header.isPresent()) {
      giveUp(CUT);
      begin(new Assembly(header.get(), key, time));
      return;
    }
    if (Assembly.isStartLine(line)) {
      if (open.isEmpty()) {
        begin(new Assembly(LogHeader.none(saysSent()), key, time));
      } else if (open.get().isEmpty()) {
        open = Optional.of(open.get().under(key));
      }
    }
    if (open.isEmpty() || !open.get().isOf(key)) {
      said = line.length() > MAX_SAID ? line.substring(0, MAX_SAID) : line;
    } else {
      next(open.get(), line);
    }
  }

  private void next(Assembly message, String line) {
    if (message.isEmpty() && !Assembly.isStartLine(line)) {
      if (!line.isBlank()) {
        giveUp(CUT);
      }
    } else if (!message.isAnnounced() && CHAN_SIP_END.matcher(line).matches()) {
      endText();
    } else {
      add(message, line, CRLF);
    }
  }

  private void begin(Assembly message) {
    open = Optional.of(message);
    linesBefore = 0;
    if (message.isTooLong()) {
      giveUp(TOO_LONG);
    }
  }

  private void add(Assembly message, String line, int lineBreak) {
    message.add(line, lineBreak);
    if (message.isComplete()) {
      deliver(message);
    } else if (message.isTooLong()) {
      giveUp(TOO_LONG);
    }
  }

  /// Nothing more comes of the text that the open message is in.
  void endText() {
    open.filter(message -> !message.isAnnounced()).ifPresent(Assembly::endHeaders);
    open.filter(Assembly::mayEnd).ifPresent(this::deliver);
  }

  /// A message may go on in the next packet, unless it needs no more, or nothing says how long it
  /// is and this packet had several lines of it.
  void endPacket() {
    open.filter(message -> message.isAnnounced() && message.isWholeByItself())
        .ifPresent(this::deliver);
    open.filter(message -> !message.isAnnounced() && message.lines() - linesBefore > 1)
        .ifPresent(_ -> endText());
    linesBefore = open.map(Assembly::lines).orElse(0);
  }

  /// Nothing more comes of the open message: it is whole, or counted.
  void giveUp(String reason) {
    if (open.isPresent()) {
      var message = open.get();
      open = Optional.empty();
      if (message.mayEnd()) {
        deliver(message);
      } else {
        cuts.cut(reason, message.size());
      }
    }
  }

  private void deliver(Assembly message) {
    open = Optional.empty();
    said = "";
    messages.accept(message.message());
  }

  private boolean saysSent() {
    var words = said.toLowerCase(Locale.ROOT);
    return words.contains("transmitting") || words.startsWith("send");
  }
}
