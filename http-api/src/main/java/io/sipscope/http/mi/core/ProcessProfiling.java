package io.sipscope.http.mi.core;

/// How much each of this node's workers tells of what it does, as OpenSIPS's `profiling_proc` has
/// it. Workers are named by their ids in `ps`.
public interface ProcessProfiling {
  /// What comes in is told.
  int TRAFFIC = 1;

  /// What others ask for as well.
  int REQUESTS = 2;

  /// Timers, too.
  int TIMERS = 3;

  int levelOf(int worker);

  /// Of all of them, those to come included.
  ///
  /// @param level from 0, nothing, to [#TIMERS]
  void setAll(int level);

  void set(int worker, int level);

  /// Begins to tell of something that the worker of this thread does.
  ///
  /// @param level from which on it is told
  Session begin(int level);

  /// Something a worker does, in steps one within the other. It may end on another thread.
  interface Session extends AutoCloseable {
    /// What is told to nobody.
    Session SILENT = new Silent();

    void enter(String step);

    /// @param status what came of it
    void exit(String step, int status);

    @Override
    void close();
  }

  /// See [Session#SILENT].
  final class Silent implements Session {
    private Silent() {}

    @Override
    public void enter(String step) {
      // nobody listens
    }

    @Override
    public void exit(String step, int status) {
      // nobody listens
    }

    @Override
    public void close() {
      // nobody listens
    }
  }
}
