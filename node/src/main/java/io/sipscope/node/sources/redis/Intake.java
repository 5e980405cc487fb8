package io.sipscope.node.sources.redis;

import io.sipscope.node.ingest.Arrival;
import io.sipscope.node.ingest.Ingest;
import io.sipscope.node.ingest.Origin;
import io.sipscope.node.sources.Tally;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.relay.Relayed;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Counts what was read from Redis, and makes arrivals of the messages in it.
final class Intake {
  private final Ingest ingest;
  private final Tally tally;
  private final LongAdder rebuilt;
  private final String sender;
  private final String self;
  private final LongSupplier clock;

  /// @param rebuilt counts messages whose bytes were put together of a dissector's texts
  /// @param sender who to name in the log
  /// @param self who we are, where we publish: what we did ourselves is not news
  Intake(
      Ingest ingest,
      Tally tally,
      LongAdder rebuilt,
      String sender,
      String self,
      LongSupplier clock) {
    this.ingest = ingest;
    this.tally = tally;
    this.rebuilt = rebuilt;
    this.sender = sender;
    this.self = self;
    this.clock = clock;
  }

  /// @param at the time of messages that have none, nanoseconds since the epoch; absent = now
  /// @param malformed hears of each that could not be read
  List<Arrival> take(
      List<Relayed> read, OptionalLong at, Origin origin, Consumer<Relayed.Malformed> malformed) {
    var arrivals = new ArrayList<Arrival>(read.size());
    for (var each : read) {
      switch (each) {
        case Relayed.Message message when message.publisher().equals(self) -> {}
        case Relayed.Message message -> {
          tally.received();
          if (message.rebuilt()) {
            rebuilt.increment();
          }
          ingest.take(capture(message, at), sender, origin).ifPresent(arrivals::add);
        }
        case Relayed.NotSip _ -> {
          tally.received();
          ingest.lost("not-sip", 1);
        }
        case Relayed.Malformed unread -> {
          tally.received();
          tally.malformed();
          ingest.receivedMalformed(sender, unread.reason(), unread.detail());
          malformed.accept(unread);
        }
      }
    }
    return arrivals;
  }

  /// Counts what is known to have come and was never read.
  ///
  /// @param reason in kebab-case
  void lost(String reason) {
    tally.received();
    tally.dropped(1);
    ingest.lost(reason, 1);
  }

  private Capture capture(Relayed.Message message, OptionalLong at) {
    long now = clock.getAsLong();
    return new Capture(
        now,
        message.time().orElse(at.orElse(now)),
        message.transport(),
        message.source(),
        message.destination(),
        message.agent(),
        message.correlationId(),
        SourceKind.REDIS,
        message.sip().compact());
  }
}
