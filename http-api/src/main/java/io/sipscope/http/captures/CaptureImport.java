package io.sipscope.http.captures;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// Takes in a capture file as it streams by. `node` owns the ingest; this is its door.
public interface CaptureImport {

  /// Completes after the last message is persisted; fails with [NotACapture] when the bytes are
  /// no capture file at all.
  CompletionStage<Report> importCapture(Source<ByteString, ?> file);

  /// @param packets packets read from the file
  /// @param messages SIP messages found in it
  /// @param dialogs distinct dialogs among them
  /// @param malformed packets or messages that could not be read
  /// @param duplicates messages that were stored before
  record Report(long packets, long messages, long dialogs, long malformed, long duplicates) {}

  /// The body is neither pcap nor pcapng, nor gzip of either.
  final class NotACapture extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotACapture(String message) {
      super(message);
    }
  }
}
