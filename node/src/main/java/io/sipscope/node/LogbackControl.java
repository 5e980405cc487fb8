package io.sipscope.node;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import io.sipscope.http.mi.core.NodeControl;
import io.sipscope.node.observed.LogEventSettings;
import io.sipscope.node.observed.LogEvents;
import io.sipscope.persistence.events.Events;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.LoggerFactory;

/// Stops this node, and changes what Logback writes. OpenSIPS's levels have no equal everywhere:
/// what is above error is error, and a notice is info.
final class LogbackControl implements NodeControl, AutoCloseable {
  /// In which the answer to `kill` is out.
  private static final Duration UNTIL_STOP = Duration.ofMillis(200);

  private static final int ERROR = -1;
  private static final int WARNING = 1;
  private static final int INFO = 3;
  private static final int DEBUG = 4;

  private final ActorSystem<?> system;
  private final Logger root;
  private final Logger own;
  private final Logger xlog;
  private final Map<String, Consumer> consumers;
  private final Optional<LogEvents> events;
  private volatile int level;
  private volatile int xlogLevel;

  /// @param events where the lines of the log are raised, if they are to be events
  LogbackControl(
      ActorSystem<?> system, Events events, LogEventSettings settings, LogSettings levels) {
    this.system = system;
    var logback = (LoggerContext) LoggerFactory.getILoggerFactory();
    root = logback.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    own = logback.getLogger("io.sipscope");
    xlog = logback.getLogger(LogEvents.XLOG);
    level = opensips(own.getEffectiveLevel());
    xlogLevel = opensips(xlog.getEffectiveLevel());
    consumers =
        Map.of("stderror", new Consumer(), "syslog", new Consumer(), "event", new Consumer());
    filterConsole(consumers.get("stderror"));
    consumers.get("event").levelFilter(settings.level());
    this.events = settings.isOn() ? Optional.of(LogEvents.of(events)) : Optional.empty();
    this.events.ifPresent(log -> log.addFilter(consumers.get("event")));
    levels.level().ifPresent(this::logLevel);
    levels.xlogLevel().ifPresent(this::xlogLevel);
  }

  /// Syslog has no writer here: what is set for it is kept and does nothing.
  private void filterConsole(Consumer console) {
    for (Iterator<Appender<ILoggingEvent>> all = root.iteratorForAppenders(); all.hasNext(); ) {
      var appender = all.next();
      if (!(appender instanceof LogEvents)) { // another node's of this process
        appender.clearAllFilters();
        appender.addFilter(console);
      }
    }
  }

  /// Raises no more events.
  @Override
  public void close() {
    events.ifPresent(LogEvents::close);
  }

  @Override
  public void stop() {
    system
        .scheduler()
        .scheduleOnce(UNTIL_STOP, () -> Shutdown.run(system), system.executionContext());
  }

  @Override
  public int logLevel() {
    return level;
  }

  /// The libraries are not heard in detail: they would tell what is secret.
  @Override
  public synchronized void logLevel(int newLevel) {
    level = newLevel;
    own.setLevel(logback(newLevel));
    root.setLevel(logback(Math.min(newLevel, INFO)));
    xlog.setLevel(logback(xlogLevel));
  }

  @Override
  public int xlogLevel() {
    return xlogLevel;
  }

  @Override
  public synchronized void xlogLevel(int newLevel) {
    xlogLevel = newLevel;
    xlog.setLevel(logback(newLevel));
  }

  @Override
  public Optional<LogConsumer> logConsumer(String name) {
    return Optional.ofNullable(consumers.get(name));
  }

  private static Level logback(int opensips) {
    if (opensips < WARNING) {
      return Level.ERROR;
    }
    if (opensips == WARNING) {
      return Level.WARN;
    }
    return opensips < DEBUG ? Level.INFO : Level.DEBUG;
  }

  private static int opensips(Level level) {
    if (level.isGreaterOrEqual(Level.ERROR)) {
      return ERROR;
    }
    if (level.isGreaterOrEqual(Level.WARN)) {
      return WARNING;
    }
    return level.isGreaterOrEqual(Level.INFO) ? INFO : DEBUG;
  }

  /// What of the log goes to one place.
  private static final class Consumer extends Filter<ILoggingEvent> implements LogConsumer {
    private volatile int levelFilter;
    private volatile boolean mute;

    @Override
    public FilterReply decide(ILoggingEvent event) {
      boolean told =
          !mute && (levelFilter == 0 || event.getLevel().isGreaterOrEqual(logback(levelFilter)));
      return told ? FilterReply.NEUTRAL : FilterReply.DENY;
    }

    @Override
    public int levelFilter() {
      return levelFilter;
    }

    @Override
    public void levelFilter(int level) {
      levelFilter = level;
    }

    @Override
    public boolean isMute() {
      return mute;
    }

    @Override
    public void mute(boolean isMute) {
      mute = isMute;
    }
  }
}
