package io.sipscope.persistence.dialog;

import com.typesafe.config.Config;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.persistence.trace.TraceMark;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.dialog.Conversation;
import io.sipscope.protocol.dialog.Seen;
import io.sipscope.protocol.link.LinkRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.Recovery;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;

/// The sharded entity that remembers one dialog: every message captured under one Call-ID, and
/// what they add up to.
///
/// Its state is a [Conversation], which is mutable: a summary of bounded size that every capture
/// is folded into, without a copy a message. A burst is folded in before it is written, because its
/// event goes to the store together with the index row that follows from it; a failed write so
/// leaves a conversation that ran ahead of the journal. It is never used again: an entity that the
/// journal failed stops, and the next message for it starts another from what the journal has.
/// Starting it again by itself would lose a stop that its shard asked for meanwhile, and the shard
/// would hold its messages back for ever. The [#emptyState] is one object for all, and so never
/// folded into: the first burst makes a conversation of its own.
///
/// An event that is damaged is passed over: the dialog goes on from the others, and says of itself
/// that it is damaged. One that a newer version wrote stops the dialog until it can be read.
///
/// What of a dialog is traced ([TraceMark]) is part of its events, and so outlives the entity.
///
/// There are no snapshots: a dialog has few events, one a burst, and recovery without a snapshot
/// store is one look-up less. Idle dialogs are put to rest by their shard
/// (`sipscope.dialog.passivate-after`), which holds back what arrives meanwhile.
///
/// Bursts are taken one at a time. Those that arrive while the previous one is written wait in
/// the entity's stash, which is bounded (`pekko.persistence.typed.stash-capacity`); what does not
/// fit is not acknowledged and so sent again.
public final class Dialog
    extends EventSourcedBehaviorWithEnforcedReplies<Dialog.Command, Dialog.Event, Dialog.Memory> {
  public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "Dialog");

  public sealed interface Command {}

  /// Acknowledged once the burst is in the journal and its dialog in the index, which is one
  /// transaction. What is known is acknowledged again and not journaled again: delivery is at least
  /// once, memory exactly once.
  public record Observe(List<Capture> burst, ActorRef<Ack> replyTo) implements Command {
    public Observe {
      burst = List.copyOf(burst);
    }
  }

  /// Answered from memory.
  public record Describe(ActorRef<Description> replyTo) implements Command {}

  /// What became of a burst: `seen` has its captures in order; those that are not duplicates are
  /// numbered from `firstSeq`.
  public record Ack(long firstSeq, List<Seen> seen) {
    public Ack {
      seen = List.copyOf(seen);
    }
  }

  /// Empty when no message is known.
  public record Description(Optional<DialogRow> dialog) {}

  public sealed interface Event {}

  /// A burst was taken in: its captures without the duplicates, at least one.
  ///
  /// @param marks what is traced from it on: mostly nothing
  /// @param outcome what the dialog came to by it, while it is being written; an event that was
  ///     read back has none
  public record Observed(List<Capture> captures, List<TraceMark> marks, Optional<Outcome> outcome)
      implements Event {
    public Observed {
      captures = List.copyOf(captures);
      marks = List.copyOf(marks);
    }

    public Observed(List<Capture> captures) {
      this(captures, List.of(), Optional.empty());
    }
  }

  /// Stands for an event that is damaged. It is only ever read.
  ///
  /// @param sequence the event's number; 0 where it is not known
  /// @param reason what was there (what was wanted)
  public record Unread(long sequence, String reason) implements Event {

    /// One sentence for whoever looks at the dialog.
    public String sentence() {
      return (sequence == 0 ? "One of its events" : "Its event " + sequence)
          + " is damaged ("
          + reason
          + "): messages are missing here, and what they would add up to.";
    }
  }

  /// A conversation that a burst was folded into, and what the index is to say of it.
  public record Outcome(Conversation conversation, DialogRow row, Standing standing) {}

  /// What an entity holds.
  ///
  /// @param marks what of the dialog is traced
  /// @param damaged of the first event that was passed over, one sentence; empty when there is none
  /// @param standing what was told of it last; empty before the first burst since it woke
  public record Memory(
      Conversation conversation,
      List<TraceMark> marks,
      String damaged,
      Optional<Standing> standing) {}

  private static final Memory NOTHING =
      new Memory(new Conversation(), List.of(), "", Optional.empty());

  private final String key;
  private final DialogSettings settings;

  /// @param key the entity key: a Call-ID's [io.sipscope.protocol.sip.CallId#key], or what stands
  /// for it
  public static Behavior<Command> create(String key, DialogSettings settings) {
    return Behaviors.setup(
        context -> {
          EntityLogger.name(context);
          return new Dialog(key, settings);
        });
  }

  /// Under which name the journal has a dialog. Keys may hold `|`, the separator, and so are
  /// joined here rather than by [PersistenceId#of].
  public static PersistenceId persistenceId(String key) {
    return PersistenceId.ofUniqueId(KEY.name() + "|" + key);
  }

  /// The key of a [#persistenceId].
  public static String key(String persistenceId) {
    return persistenceId.substring(KEY.name().length() + 1);
  }

  private Dialog(String key, DialogSettings settings) {
    super(persistenceId(key));
    this.key = key;
    this.settings = settings;
  }

  @Override
  public Memory emptyState() {
    return NOTHING;
  }

  @Override
  public Optional<Config> journalPluginConfig() {
    return Optional.of(settings.plugins());
  }

  @Override
  public Optional<Config> snapshotPluginConfig() {
    return Optional.of(settings.plugins());
  }

  @Override
  public Recovery recovery() {
    return Recovery.withSnapshotSelectionCriteria(SnapshotSelectionCriteria.none());
  }

  @Override
  public CommandHandlerWithReply<Command, Event, Memory> commandHandler() {
    return this::onCommand;
  }

  @Override
  public EventHandler<Memory, Event> eventHandler() {
    return this::onEvent;
  }

  private ReplyEffect<Event, Memory> onCommand(Memory memory, Command command) {
    return switch (command) {
      case Observe(var burst, var replyTo) -> observe(memory, burst, replyTo);
      case Describe(var replyTo) -> Effect().reply(replyTo, describe(memory));
    };
  }

  private ReplyEffect<Event, Memory> observe(
      Memory memory, List<Capture> burst, ActorRef<Ack> replyTo) {
    var before = standing(memory);
    var heard = mine(memory.conversation(), settings.links());
    long firstSeq = heard.messages() + 1;
    var seen = new ArrayList<Seen>(burst.size());
    var fresh = new ArrayList<Capture>(burst.size());
    for (var capture : burst) {
      var what = heard.observe(capture);
      seen.add(what);
      if (what != Seen.DUPLICATE) {
        fresh.add(capture);
      }
    }
    var ack = new Ack(firstSeq, seen);
    return fresh.isEmpty()
        ? Effect().reply(replyTo, ack)
        : store(memory, before, fresh, heard, replyTo, ack);
  }

  /// What is traced, and what changed, is told once the burst is stored: nobody hears of what may
  /// be lost.
  private ReplyEffect<Event, Memory> store(
      Memory memory,
      Optional<Standing> before,
      List<Capture> fresh,
      Conversation heard,
      ActorRef<Ack> replyTo,
      Ack ack) {
    var row = row(heard, memory.damaged());
    var after = Standing.of(heard, row, settings.trunks());
    var settled = after.without(heard.settle());
    var tracing = settings.tracing();
    var traced = tracing.look(key, memory.marks(), fresh, () -> row.summary().destination());
    var outcome = new Outcome(heard, row, settled);
    return Effect()
        .persist(new Observed(fresh, traced.started(), Optional.of(outcome)))
        .thenRun(
            () -> {
              tracing.send(traced);
              settings.listener().changed(before, after, row);
            })
        .thenReply(replyTo, _ -> ack);
  }

  /// What was told of it last. A dialog that woke knows it from its events.
  private Optional<Standing> standing(Memory memory) {
    var conversation = memory.conversation();
    return memory.standing().isPresent() || conversation.messages() == 0
        ? memory.standing()
        : Optional.of(
            Standing.of(conversation, row(conversation, memory.damaged()), settings.trunks()));
  }

  private Description describe(Memory memory) {
    var conversation = memory.conversation();
    return new Description(
        conversation.messages() == 0
            ? Optional.empty()
            : Optional.of(row(conversation, memory.damaged())));
  }

  private DialogRow row(Conversation conversation, String damaged) {
    var summary = conversation.summary();
    return new DialogRow(
        key, summary, settings.trunks().of(summary), damaged, conversation.links());
  }

  private Memory onEvent(Memory memory, Event event) {
    return switch (event) {
      case Observed(var captures, var marks, var outcome) ->
          new Memory(
              outcome
                  .map(Outcome::conversation)
                  .orElseGet(() -> folded(memory.conversation(), captures)),
              TraceMark.and(memory.marks(), marks),
              memory.damaged(),
              outcome.map(Outcome::standing));
      case Unread unread ->
          memory.damaged().isEmpty()
              ? new Memory(
                  memory.conversation(), memory.marks(), unread.sentence(), Optional.empty())
              : memory;
    };
  }

  private Conversation folded(Conversation conversation, List<Capture> captures) {
    var heard = mine(conversation, settings.links());
    captures.forEach(heard::observe);
    heard.settle();
    return heard;
  }

  private static Conversation mine(Conversation conversation, LinkRules links) {
    return conversation.messages() == 0 ? Conversation.accounted(links) : conversation;
  }
}
