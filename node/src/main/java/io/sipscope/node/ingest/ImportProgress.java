package io.sipscope.node.ingest;

import io.sipscope.http.captures.CaptureImport;
import io.sipscope.http.captures.CaptureImport.Report;
import io.sipscope.protocol.dialog.Seen;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/// How far one import is. It is over when the file was read to its end and every message found in
/// it is stored.
///
/// The file's reader counts what it finds, the ingest stream what is stored; the number of open
/// ends, which both change atomically, publishes either's counts to whoever closes the last one.
final class ImportProgress implements Origin {
  private final CompletableFuture<Report> report = new CompletableFuture<>();
  private final AtomicLong open = new AtomicLong(1); // the reading itself
  private final DistinctKeys keys = new DistinctKeys();
  private volatile boolean complete;
  private volatile Exception failure;
  private long packets;
  private long messages;
  private long malformed;
  private long duplicates;

  CompletionStage<Report> report() {
    return report;
  }

  void packet() {
    packets++;
  }

  void malformed() {
    malformed++;
  }

  void message(String key) {
    messages++;
    keys.add(key);
    open.incrementAndGet();
  }

  /// The end of the file was seen.
  void complete() {
    complete = true;
  }

  /// The file cannot be read further.
  void fail(Exception failure) {
    this.failure = failure;
  }

  /// Nothing more is read, for whatever reason.
  void readingEnded() {
    if (failure == null && !complete) {
      failure = new IOException("the import was stopped before the end of the file");
    }
    close();
  }

  @Override
  public void stored(Seen seen) {
    if (seen == Seen.DUPLICATE) {
      duplicates++;
    }
    close();
  }

  private void close() {
    if (open.decrementAndGet() > 0) {
      return;
    }
    if (failure != null) {
      report.completeExceptionally(failure);
    } else {
      report.complete(
          new CaptureImport.Report(packets, messages, keys.count(), malformed, duplicates));
    }
  }
}
