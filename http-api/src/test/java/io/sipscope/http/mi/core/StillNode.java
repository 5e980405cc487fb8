package io.sipscope.http.mi.core;

import java.util.Optional;

/// A node that keeps what it is told to log, and remembers to have been stopped.
public final class StillNode implements NodeControl, NodeControl.LogConsumer {
  private int logLevel = 3;
  private int xlogLevel = 3;
  private int levelFilter;
  private boolean mute;
  private boolean stopped;

  @Override
  public void stop() {
    stopped = true;
  }

  public boolean isStopped() {
    return stopped;
  }

  @Override
  public int logLevel() {
    return logLevel;
  }

  @Override
  public void logLevel(int level) {
    logLevel = level;
  }

  @Override
  public int xlogLevel() {
    return xlogLevel;
  }

  @Override
  public void xlogLevel(int level) {
    xlogLevel = level;
  }

  @Override
  public Optional<LogConsumer> logConsumer(String name) {
    return name.equals("stderror") ? Optional.of(this) : Optional.empty();
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
  public void mute(boolean mute) {
    this.mute = mute;
  }
}
