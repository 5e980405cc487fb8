package io.sipscope.node.ingest;

import io.sipscope.http.mi.core.ProcessProfiling;
import io.sipscope.node.agents.Agents;
import io.sipscope.node.ingest.spool.Spool;
import io.sipscope.node.ingest.spool.SpoolSettings;
import io.sipscope.node.observed.Messages;
import io.sipscope.persistence.dialog.Dialog;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.hep.Hep;
import io.sipscope.protocol.hep.HepDecoder;
import io.sipscope.protocol.sip.Sip;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.MergeHub;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.ExecutionContext;
import scala.jdk.javaapi.FutureConverters;

/// The way of a packet, from a source to the journal.
///
/// | step | where | |
/// | --- | --- | --- |
/// | source | [HepUdpSource], [HepTcpSource], [PcapSource] | bytes, and when they came |
/// | decode | [HepDecoder] | packet, or malformed: counted, end |
/// | admit | [Agents] | who has to show a key and does not is dropped: counted, end |
/// | parse | [SipParser] | message, or malformed: counted, end |
/// | key | [EntityKey] | the dialog it belongs to |
/// | spool | [Spool] | HEP that comes while nothing is taken waits on the disk |
/// | burst | [Bursts] | messages of one dialog that come close together are stored together |
/// | shard | [Dialog] | the entity of the key, wherever it lives |
/// | ack | [#settle] | it is in the journal: counted, told to who waits, shown to who watches |
///
/// Every source runs a stream of its own into a door; behind it, one stream holds what is in
/// flight and nothing beyond that. When it is full it asks for no more, and the sources wait:
/// TCP stops reading, an import pauses, UDP drops and counts. When the store takes nothing at all,
/// HEP goes to the spool first.
public final class Ingest {
  private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);

  private static final Duration SECOND = Duration.ofSeconds(1);

  /// A dialog that has a burst answers when it is stored, however long the store is away. Who has
  /// it no more is found out by offering it again.
  private static final Duration ANSWER = Duration.ofHours(1);

  /// Batches a source may have waiting at the door, so that it need not pause for each.
  private static final int BATCHES_AT_THE_DOOR = 2;

  private final ActorSystem<?> system;
  private final ActorRef<ShardingEnvelope<Dialog.Command>> dialogs;
  private final IngestCounters counters;
  private final Messages observed;
  private final MalformedLog malformedLog;
  private final Pace pace;
  private final LongSupplier clock;
  private final ProcessProfiling profiling;
  private final Consumer<Bursts.Stored> live;
  private final Optional<Spool> spool;
  private final Entrance hep;
  private final Entrance imports;
  private final CompletionStage<Done> done;
  private volatile boolean isCapturing = true;

  /// Where sources come in, and how the last of them is let in.
  private record Entrance(Sink<Batch, NotUsed> door, MergeHub.DrainingControl draining) {
    static Source<Batch, Entrance> open() {
      return MergeHub.withDraining(Batch.class, BATCHES_AT_THE_DOOR)
          .mapMaterializedValue(made -> new Entrance(made.first(), made.second()));
    }
  }

  /// @param observed counts what comes in and can be read
  /// @param storeIsAway whether nothing can be stored just now
  /// @param live is shown what was stored
  /// @param profiling is told of what workers do
  /// @param clock nanoseconds since the epoch
  public Ingest(
      ActorSystem<?> system,
      IngestSettings settings,
      SpoolSettings spooling,
      ActorRef<ShardingEnvelope<Dialog.Command>> dialogs,
      BooleanSupplier storeIsAway,
      IngestCounters counters,
      Messages observed,
      Consumer<Bursts.Stored> live,
      ProcessProfiling profiling,
      LongSupplier clock) {
    this.system = system;
    this.dialogs = dialogs;
    this.counters = counters;
    this.observed = observed;
    this.malformedLog = new MalformedLog(System::nanoTime);
    this.pace = new Pace(counters);
    this.clock = clock;
    this.profiling = profiling;
    this.live = live;
    this.spool = spooling.isOn() ? Optional.of(new Spool(spooling, counters)) : Optional.empty();
    var stream =
        spool
            .map(stage -> Entrance.open().via(stage))
            .orElseGet(Entrance::open)
            .mergeMat(Entrance.open(), Keep.both())
            .via(new Bursts(settings, this::observe, this::notStored, storeIsAway))
            .toMat(Sink.foreach(this::settle), Keep.both())
            .run(system);
    this.hep = stream.first().first();
    this.imports = stream.first().second();
    this.done = stream.second();
    var everySecond =
        system
            .scheduler()
            .scheduleWithFixedDelay(SECOND, SECOND, pace::tick, system.executionContext());
    done.whenComplete(
        (_, _) -> {
          everySecond.cancel();
          spool.ifPresent(Spool::close);
        });
  }

  /// Takes HEP datagrams or frames, each of which was counted as received.
  ///
  /// @param decoder [HepDecoder#decode] for datagrams, [HepDecoder#decodeFrame] for frames
  Sink<List<Datagram>, NotUsed> hep(Function<Bytes, Hep> decoder) {
    return Flow.<List<Datagram>>create()
        .map(datagrams -> arrivals(datagrams, decoder))
        .filterNot(batch -> batch.arrivals().isEmpty())
        .to(hep.door());
  }

  /// The same, but others decode: so many batches at once, which go on in the order they came in.
  Sink<List<Datagram>, NotUsed> hep(
      Function<Bytes, Hep> decoder, Executor workers, int batchesAtOnce) {
    return Flow.<List<Datagram>>create()
        .mapAsync(
            batchesAtOnce,
            datagrams -> CompletableFuture.supplyAsync(() -> arrivals(datagrams, decoder), workers))
        .filterNot(batch -> batch.arrivals().isEmpty())
        .to(hep.door());
  }

  private Batch arrivals(List<Datagram> datagrams, Function<Bytes, Hep> decoder) {
    var arrivals = new ArrayList<Arrival>(datagrams.size());
    try (var session = profiling.begin(ProcessProfiling.TRAFFIC)) {
      session.enter("hep proto reading");
      for (var datagram : datagrams) {
        session.enter("receive_msg");
        session.enter("hep_decode");
        var hep = decoder.apply(datagram.bytes());
        session.exit("hep_decode", hep instanceof Hep.Packet ? 0 : -1);
        session.enter("parse_msg");
        var arrival = arrival(datagram, hep);
        session.exit("parse_msg", arrival.isPresent() ? 0 : -1);
        arrival.ifPresent(arrivals::add);
        session.exit("receive_msg", 0);
      }
      session.exit("reading done", 0);
    }
    return new Batch(arrivals);
  }

  private Optional<Arrival> arrival(Datagram datagram, Hep hep) {
    if (!isCapturing) {
      counters.dropped("capture-off");
      return Optional.empty();
    }
    return switch (hep) {
      case Hep.Malformed(_, var reason, var detail) -> {
        observed.agents().malformed(datagram.peer());
        yield malformed(datagram.peer().text(), reason, detail);
      }
      case Hep.Packet packet -> arrival(packet, datagram);
    };
  }

  private Optional<Arrival> arrival(Hep.Packet packet, Datagram datagram) {
    observed.packet(packet);
    var admission = observed.agents().heard(packet, datagram.peer(), datagram.receivedAt());
    if (admission.isRefused()) {
      counters.dropped(admission.reason());
      return Optional.empty();
    }
    if (packet.payloadType() != Hep.Packet.SIP) {
      observed.agents().notSip(packet.agent());
      counters.dropped("not-sip");
      return Optional.empty();
    }
    var arrival =
        parse(capture(packet, datagram.receivedAt()), datagram.peer().text(), Origin.NOBODY);
    if (arrival.isEmpty()) {
      observed.agents().malformed(packet.agent());
    }
    return arrival;
  }

  private static Capture capture(Hep.Packet packet, long receivedAt) {
    return new Capture(
        receivedAt,
        packet.time().orElse(receivedAt),
        packet.transport(),
        packet.source(),
        packet.destination(),
        packet.agent(),
        packet.correlationId(),
        SourceKind.HEP,
        packet.payload().compact());
  }

  /// Takes in one message that a source has read: counts it as received, and what becomes of it
  /// when it goes no further.
  ///
  /// @param sender who to name in the log when it is malformed
  /// @param origin who waits for it to be stored
  /// @return what is to go through [#door] or [#passage]; empty when it was no SIP message, or
  ///     capturing is switched off
  public Optional<Arrival> take(Capture capture, String sender, Origin origin) {
    counters.received();
    if (!isCapturing) {
      counters.dropped("capture-off");
      return Optional.empty();
    }
    return parse(capture, sender, origin);
  }

  /// Turns what was captured into an arrival; empty, and counted, when it is no SIP message.
  Optional<Arrival> parse(Capture capture, String sender, Origin origin) {
    return switch (SipParser.parse(capture.sip())) {
      case Sip.Malformed(_, var reason, var detail) -> malformed(sender, reason, detail);
      case SipMessage message -> {
        observed.message(message, capture);
        yield Optional.of(new Arrival(EntityKey.of(message, capture), capture, origin));
      }
    };
  }

  private Optional<Arrival> malformed(String sender, String reason, String detail) {
    counters.malformed(reason);
    malformedLog.heard(sender, reason, detail);
    return Optional.empty();
  }

  /// Counts messages that are known to have been lost on their way here.
  ///
  /// @param reason in kebab-case
  public void lost(String reason, int messages) {
    counters.received(messages);
    for (int i = 0; i < messages; i++) {
      counters.dropped(reason);
    }
  }

  /// Counts what was received and could not be read.
  ///
  /// @param reason a constant in kebab-case
  public void receivedMalformed(String sender, String reason, String detail) {
    counters.received();
    malformed(sender, reason, detail);
  }

  /// It is offered again, and again, until it is stored.
  private void notStored(Throwable cause) {
    counters.askedAgain();
    LOG.debug("a burst was not stored, and is offered again: {}", cause.toString());
  }

  private CompletionStage<Dialog.Ack> observe(String key, List<Arrival> arrivals) {
    var burst = arrivals.stream().map(Arrival::capture).toList();
    RecipientRef<ShardingEnvelope<Dialog.Command>> shards = dialogs;
    CompletionStage<Dialog.Ack> asked =
        AskPattern.ask(
            shards,
            replyTo -> new ShardingEnvelope<>(key, new Dialog.Observe(burst, replyTo)),
            ANSWER,
            system.scheduler());
    return onTheThreadOfItsAnswer(asked);
  }

  /// What follows the answer of an ask would else be handed to the common pool, a thread to wake
  /// for each burst. What follows here is one message, to the stage that asked.
  private static <T> CompletionStage<T> onTheThreadOfItsAnswer(CompletionStage<T> asked) {
    var answer = new CompletableFuture<T>();
    FutureConverters.asScala(asked)
        .onComplete(
            outcome ->
                outcome.isSuccess()
                    ? answer.complete(outcome.get())
                    : answer.completeExceptionally(outcome.failed().get()),
            ExecutionContext.parasitic$.MODULE$);
    return answer;
  }

  private void settle(Bursts.Stored stored) {
    var seen = stored.ack().seen();
    long oldest = stored.arrivals().getFirst().capture().receivedAt();
    long now = clock.getAsLong();
    pace.stored((now - oldest) / 1_000_000);
    for (int i = 0; i < seen.size(); i++) {
      counters.persisted(seen.get(i));
      var capture = stored.arrivals().get(i).capture();
      observed.stored(capture, now - capture.receivedAt());
      stored.arrivals().get(i).origin().stored(seen.get(i));
    }
    live.accept(stored);
  }

  /// The door for those who wait until a message is stored, and can wait: batches of arrivals,
  /// each of which was counted as received. It leads past the spool.
  public Sink<Batch, NotUsed> door() {
    return imports.door();
  }

  /// The door for what cannot wait at its source: as HEP, it goes to the spool while nothing is
  /// stored. Batches of arrivals, each of which was counted as received.
  public Sink<Batch, NotUsed> passage() {
    return hep.door();
  }

  /// Whether HEP is taken in; else it is dropped, and counted. Imports are, always.
  public void capture(boolean on) {
    isCapturing = on;
  }

  /// Whether what sources fetch is taken in just now, see [#capture].
  public boolean isCapturing() {
    return isCapturing;
  }

  Agents agents() {
    return observed.agents();
  }

  ProcessProfiling profiling() {
    return profiling;
  }

  IngestCounters counters() {
    return counters;
  }

  /// Messages that were received and are not stored yet.
  public long inFlight() {
    return counters.inFlight();
  }

  /// What waits for the store, one sentence; empty when nothing does.
  public String held() {
    long messages = inFlight();
    long onDisk = spool.map(Spool::bytes).orElse(0L);
    if (messages == 0 && onDisk == 0) {
      return "";
    }
    return messages + " messages wait for it; the spool has " + onDisk + " bytes.";
  }

  /// Lets nothing new in; completes when the sources have ended and all that was let in is
  /// stored.
  public CompletionStage<Done> drain() {
    hep.draining().drainAndComplete();
    imports.draining().drainAndComplete();
    return done;
  }

  /// Fails when the stream broke, which it must not: then the node is of no use.
  public CompletionStage<Done> whenDone() {
    return done;
  }
}
