package io.sipscope.node.observed;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.sipscope.persistence.events.CoreEvents;
import io.sipscope.persistence.events.Delivering;
import io.sipscope.persistence.events.Event;
import io.sipscope.persistence.events.EventNames;
import io.sipscope.persistence.events.Events;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/// Each line of the log as an event. A line that is written while an event is delivered is none:
/// neither one of the thread that delivers, nor one of the classes that do.
public final class LogEvents extends UnsynchronizedAppenderBase<ILoggingEvent>
    implements AutoCloseable {
  /// What the policy script says: it has no module and no function.
  public static final String XLOG = "io.sipscope.xlog";

  private static final String[] DELIVERS = {
    "io.sipscope.node.events.", "io.sipscope.persistence.events."
  };

  /// As OpenSIPS writes it, from `ctime`: a day of one digit has a blank before it.
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH)
          .withZone(ZoneId.systemDefault());

  /// A line may hold what strangers sent, and waits in subscribers' queues.
  private static final int LONGEST = 8_192;

  private static final long PID = ProcessHandle.current().pid();

  private final Events events;

  private LogEvents(Events events) {
    this.events = events;
  }

  /// Tells of what is logged from now on.
  public static LogEvents of(Events events) {
    var log = new LogEvents(events);
    log.setContext((LoggerContext) LoggerFactory.getILoggerFactory());
    log.setName("event");
    log.start();
    root().addAppender(log);
    return log;
  }

  private static Logger root() {
    return ((LoggerContext) LoggerFactory.getILoggerFactory())
        .getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  @Override
  protected void append(ILoggingEvent line) {
    if (!Delivering.isNow() && !delivers(line.getLoggerName())) {
      events.raise(EventNames.LOG, () -> event(line));
    }
  }

  private static boolean delivers(String logger) {
    for (var prefix : DELIVERS) {
      if (logger.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  private static Event event(ILoggingEvent line) {
    var logger = line.getLoggerName();
    boolean isScript = logger.equals(XLOG);
    var names = logger.split("\\.", -1);
    return CoreEvents.log(
        TIME.format(Instant.ofEpochMilli(line.getTimeStamp())),
        PID,
        isScript ? levelOfScript(line) : level(line.getLevel()),
        isScript ? Optional.empty() : Optional.of(names[Math.max(0, names.length - 2)]),
        isScript ? Optional.empty() : Optional.of(names[names.length - 1]),
        Optional.empty(),
        message(line));
  }

  /// The script marks the levels that a log does not have.
  private static String levelOfScript(ILoggingEvent line) {
    var markers = Objects.requireNonNullElse(line.getMarkerList(), List.<Marker>of());
    return markers.isEmpty() ? level(line.getLevel()) : markers.getFirst().getName();
  }

  private static String level(Level level) {
    return switch (level.toInt()) {
      case Level.ERROR_INT -> "ERROR";
      case Level.WARN_INT -> "WARNING";
      case Level.INFO_INT -> "INFO";
      default -> "DBG";
    };
  }

  private static String message(ILoggingEvent line) {
    var thrown = line.getThrowableProxy();
    var text =
        thrown == null
            ? line.getFormattedMessage()
            : line.getFormattedMessage()
                + ": "
                + thrown.getClassName()
                + ": "
                + thrown.getMessage();
    var told = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    return told.length() <= LONGEST ? told : told.substring(0, LONGEST);
  }

  @Override
  public void close() {
    root().detachAppender(this);
    stop();
  }
}
