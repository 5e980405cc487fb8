package io.sipscope.ops;

import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// A bar on standard error that fills up, where somebody sees it.
record Progress(Optional<ProgressBar> bar) implements AutoCloseable {
  private static final int REDRAW_MILLIS = 200;

  /// How many there will be is not known.
  private static final long UNKNOWN = -1;

  static Progress counting(String task, String unit) {
    return of(task, UNKNOWN, unit);
  }

  static Progress of(String task, long total, String unit) {
    return new Progress(
        Terminal.ofThisProcess().err()
            ? Optional.of(
                new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(total)
                    .setUnit(unit, 1)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(REDRAW_MILLIS)
                    .setConsumer(new ConsoleProgressBarConsumer(System.err))
                    .build())
            : Optional.empty());
  }

  void stepTo(long count) {
    bar.ifPresent(shown -> shown.stepTo(count));
  }

  /// How many there will be is known by now.
  void expect(long total) {
    bar.ifPresent(shown -> shown.maxHint(total));
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
