package io.sipscope.persistence.events;

/// What became of the events of one socket. Crosses nodes.
///
/// @param failed not taken, after all retries
/// @param dropped there was no room in the queue
/// @param retried sent once more
/// @param queued wait
/// @param lastFailure why the last one failed; empty when none did
public record Deliveries(
    long sent, long failed, long dropped, long retried, long queued, String lastFailure) {
  public static final Deliveries NONE = new Deliveries(0, 0, 0, 0, 0, "");

  public Deliveries and(Deliveries other) {
    return new Deliveries(
        sent + other.sent,
        failed + other.failed,
        dropped + other.dropped,
        retried + other.retried,
        queued + other.queued,
        lastFailure.isEmpty() ? other.lastFailure : lastFailure);
  }
}
