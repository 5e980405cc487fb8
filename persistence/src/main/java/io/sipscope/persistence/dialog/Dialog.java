package io.sipscope.persistence.dialog;

import io.sipscope.persistence.index.DialogRow;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.dialog.Seen;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/// The sharded entity that remembers one dialog: every message captured under one Call-ID, and
/// what they add up to.
public final class Dialog {
  public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "Dialog");

  public sealed interface Command {}

  /// Acknowledged once the burst is in the journal and its dialog in the index. What is known is
  /// acknowledged again and not journaled again: delivery is at least once, memory exactly once.
  public record Observe(List<Capture> burst, ActorRef<Ack> replyTo) implements Command {
    public Observe {
      burst = List.copyOf(burst);
    }
  }

  /// Answered from memory.
  public record Describe(ActorRef<Description> replyTo) implements Command {}

  /// What became of a burst: `seen` has its captures in order; those that are not duplicates are
  /// numbered from `firstSeq`.
  public record Ack(long firstSeq, List<Seen> seen) {}

  /// Empty when no message is known.
  public record Description(Optional<DialogRow> dialog) {}

  private Dialog() {}
}
