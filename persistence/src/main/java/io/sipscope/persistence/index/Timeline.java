package io.sipscope.persistence.index;

/// How many dialogs began in each bucket of a grid, and how many of those failed. Counted from the
/// newest bucket to the oldest, as long as there is time: mutable while it is.
public final class Timeline {
  private final TimeGrid grid;
  private final long[] dialogs;
  private final long[] failed;
  private int uncounted;

  public Timeline(TimeGrid grid) {
    this.grid = grid;
    dialogs = new long[grid.buckets()];
    failed = new long[grid.buckets()];
    uncounted = grid.buckets();
  }

  public TimeGrid grid() {
    return grid;
  }

  /// Buckets from the oldest on that were not counted, for lack of time; 0 when all were.
  public int uncounted() {
    return uncounted;
  }

  public long dialogs(int bucket) {
    return dialogs[bucket];
  }

  public long failed(int bucket) {
    return failed[bucket];
  }

  public void add(int bucket, long dialogs, long failed) {
    this.dialogs[bucket] += dialogs;
    this.failed[bucket] += failed;
  }

  /// One dialog that began at a time within the grid.
  public void add(long startedAt, boolean failed) {
    add(grid.bucket(startedAt), 1, failed ? 1 : 0);
  }

  /// All dialogs that began in this bucket or later have been added.
  public void countedDownTo(int bucket) {
    uncounted = bucket;
  }

  /// All dialogs that began after a time within the grid have been added.
  public void countedAfter(long time) {
    countedDownTo(grid.bucket(time) + 1);
  }
}
