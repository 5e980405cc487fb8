package io.sipscope.http;

import com.typesafe.config.ConfigFactory;
import io.sipscope.http.captures.CaptureImport;
import io.sipscope.http.cluster.ClusterView;
import io.sipscope.http.dialogs.HostNames;
import io.sipscope.http.dialogs.StoredDialogs;
import io.sipscope.http.live.LiveFeed;
import io.sipscope.http.mi.MiCommands;
import io.sipscope.http.mi.core.StillNode;
import io.sipscope.http.mi.tracer.Tracer;
import io.sipscope.persistence.alerts.AlertBook;
import io.sipscope.persistence.dialog.Dialog;
import io.sipscope.persistence.dialog.DialogHistory;
import io.sipscope.persistence.index.DialogIndex;
import io.sipscope.persistence.index.DialogQuery;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.persistence.index.IndexTable;
import io.sipscope.persistence.index.Related;
import io.sipscope.persistence.index.TimeGrid;
import io.sipscope.persistence.index.Timeline;
import io.sipscope.persistence.index.Trunks;
import io.sipscope.persistence.journal.JournalEntry;
import io.sipscope.persistence.reindex.Rebuild;
import io.sipscope.persistence.reindex.Reindex;
import io.sipscope.persistence.statistics.ClusterStatistics;
import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.statistics.SessionMeasures;
import io.sipscope.persistence.trace.TraceControl;
import io.sipscope.persistence.trace.Tracing;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.dialog.Conversation;
import io.sipscope.protocol.dialog.DialogSummary;
import io.sipscope.protocol.dialog.Rung;
import io.sipscope.protocol.legs.LegRules;
import io.sipscope.protocol.link.LinkRules;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Transport;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// A node that knows one dialog, Call-ID `a/b%c@example.com`: an INVITE and its 486, the first and
/// the third it stored; what the second was is no SIP by now. The 486 makes it one of a trunk.
final class OneDialog implements DialogIndex, DialogHistory, CaptureImport {
  static final String CALL_ID = "a/b%c@example.com";
  static final String IN_A_PATH = "a%2Fb%25c@example.com";

  /// 2026-01-01T00:00:00Z.
  static final long T0 = 1_767_225_600_000_000_000L;

  private static final Endpoint ALICE = Endpoint.parse("192.0.2.10:5060").orElseThrow();
  private static final Agent AGENT = new Agent(7, "edge");
  private static final Endpoint BOB = Endpoint.parse("[2001:db8::20]:5060").orElseThrow();

  private static final String INVITE =
      """
      INVITE sip:bob@example.net SIP/2.0
      Via: SIP/2.0/UDP 192.0.2.10;branch=z9hG4bK1
      From: <sip:alice@example.com>;tag=a1
      To: <sip:bob@example.net>
      Call-ID: a/b%c@example.com
      CSeq: 1 INVITE
      Content-Length: 0

      """;

  private static final String BUSY =
      """
      SIP/2.0 486 Busy Here
      Via: SIP/2.0/UDP 192.0.2.10;branch=z9hG4bK1
      From: <sip:alice@example.com>;tag=a1
      To: <sip:bob@example.net>;tag=b1
      Call-ID: a/b%c@example.com
      CSeq: 1 INVITE
      Content-Length: 0

      """;

  private final List<Rung> rungs = List.of(rung(1, INVITE, ALICE, BOB), rung(3, BUSY, BOB, ALICE));

  final Counters counters = new Counters();

  Actors actors(ActorTestKit kit) {
    var dialog =
        kit.spawn(
            Behaviors.<Dialog.Command>receiveMessage(
                command -> {
                  if (command instanceof Dialog.Describe(var replyTo)) {
                    replyTo.tell(new Dialog.Description(Optional.of(row())));
                  }
                  return Behaviors.same();
                }));
    return new Actors(
        new StoredDialogs(
            _ -> dialog, this, this, reindex(kit), this::trunk, names(), LegRules.DEFAULT),
        kit.<LiveFeed.Command>createTestProbe().ref(),
        this,
        new Figures(
            counters,
            ClusterStatistics.alone(counters),
            new SessionMeasures(),
            RecordedSamples.recording()),
        new ThisNode(
            () -> Optional.of("the store is away"),
            List::of,
            new StillNode(),
            new ProfilingOfTests()),
        () -> CompletableFuture.completedStage(new ClusterView("pekko://s@h:1", "", 1, List.of())),
        () -> CompletableFuture.completedStage(SeenAgents.REPORT),
        QuietInternals.on(kit),
        new Tracer(
            kit.system(),
            Tracing.NONE,
            kit.<TraceControl.Command>createTestProbe().ref(),
            List::of),
        ScriptOfTests.NONE,
        TracesOfTests.OFF,
        AlertBook.of(new NotesOfTests(), System::currentTimeMillis));
  }

  private static HostNames names() {
    return HostNames.from(
        ConfigFactory.parseString(
            """
            sipscope.aliases { edge-1 = ["2001:db8::20", "192.0.2.99:5060"] }
            sipscope.trunks { office = [192.0.2.0/24] }
            """));
  }

  /// Opens the API over some node's actors.
  static ServerBinding bind(ActorTestKit kit, Actors actors, HttpSettings settings) {
    var asking = new Asking(kit.scheduler(), settings.answerTimeout());
    var commands = MiCommands.of(actors, asking, Clock.systemUTC()::instant);
    return HttpApi.bind(kit.system(), actors, commands, settings).toCompletableFuture().join();
  }

  /// Of a store without an event, which another node never uses.
  private static Reindex reindex(ActorTestKit kit) {
    return new Reindex(
        NoEvents::new,
        SerializationExtension.get(kit.system()),
        Trunks.NONE,
        LinkRules.DEFAULT,
        Clock.systemUTC());
  }

  private static final class NoEvents implements Rebuild {
    @Override
    public OptionalLong events() {
      return OptionalLong.of(0);
    }

    @Override
    public List<JournalEntry> after(String id, long sequence, int limit) {
      return List.of();
    }

    @Override
    public int write(Collection<IndexTable.Change> changes) {
      return changes.size();
    }

    @Override
    public Swept sweep(String key, int limit) {
      return new Swept("", 2);
    }

    @Override
    public void close() {}
  }

  private static Rung rung(long seq, String text, Endpoint from, Endpoint to) {
    var bytes = Bytes.of(text.replace("\n", "\r\n"));
    long time = T0 + seq * 1_000_000;
    var capture =
        new Capture(time, time, Transport.TCP, from, to, AGENT, "leg-1", SourceKind.HEP, bytes);
    return new Rung(seq, capture, (SipMessage) SipParser.parse(bytes), false);
  }

  private String trunk(DialogSummary summary) {
    return summary.messages() == rungs.size() ? "carrier" : "";
  }

  private DialogRow row() {
    var conversation = new Conversation();
    rungs.forEach(rung -> conversation.observe(rung.capture()));
    return new DialogRow(CALL_ID, conversation.summary(), "carrier");
  }

  private List<DialogRow> found(DialogQuery query) {
    return query.callId().filter(key -> !key.equals(CALL_ID)).isPresent()
        ? List.of()
        : List.of(row());
  }

  @Override
  public CompletionStage<Page> search(
      DialogQuery query, Optional<Cursor> after, int limit, long now) {
    var next = after.isPresent() ? Optional.<Cursor>empty() : Optional.of(new Cursor(T0, CALL_ID));
    return CompletableFuture.completedStage(new Page(found(query), next));
  }

  @Override
  public CompletionStage<Page> recent(
      DialogQuery query, Optional<Cursor> after, int limit, long now) {
    var rows = after.isPresent() ? List.<DialogRow>of() : found(query);
    return CompletableFuture.completedStage(new Page(rows, Optional.empty()));
  }

  @Override
  public CompletionStage<List<DialogRow>> around(
      long time, long window, DialogQuery query, int limit, long now) {
    return CompletableFuture.completedStage(found(query));
  }

  @Override
  public CompletionStage<Timeline> timeline(DialogQuery query, TimeGrid grid, long now) {
    var timeline = new Timeline(grid);
    found(query).forEach(row -> timeline.add(row.summary().startedAt(), false));
    timeline.countedDownTo(0);
    return CompletableFuture.completedStage(timeline);
  }

  @Override
  public CompletionStage<Related> linked(Set<String> links, long from, long to, int limit) {
    return CompletableFuture.completedStage(new Related(List.of(), true));
  }

  @Override
  public CompletionStage<Related> begun(
      DialogQuery query, long from, long to, int limit, long now) {
    return CompletableFuture.completedStage(new Related(found(query), true));
  }

  @Override
  public Source<Rung, NotUsed> messages(String key, long at) {
    var known = new ArrayList<>(key.equals(CALL_ID) ? rungs : List.<Rung>of());
    known.removeIf(rung -> rung.capture().receivedAt() > at);
    return Source.from(known);
  }

  @Override
  public CompletionStage<Report> importCapture(Source<ByteString, ?> file) {
    CompletionStage<Done> read = file.runWith(Sink.ignore(), system());
    return read.thenApply(_ -> new Report(2, 2, 1, 0, 0));
  }

  private ActorTestKit kit;

  OneDialog on(ActorTestKit kit) {
    this.kit = kit;
    return this;
  }

  private org.apache.pekko.actor.typed.ActorSystem<Void> system() {
    return kit.system();
  }
}
