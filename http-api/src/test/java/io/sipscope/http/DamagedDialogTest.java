package io.sipscope.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sipscope.http.dialogs.StoredDialogs;
import io.sipscope.persistence.dialog.Dialog;
import io.sipscope.persistence.dialog.DialogHistory;
import io.sipscope.persistence.index.DialogIndex;
import io.sipscope.persistence.index.DialogQuery;
import io.sipscope.persistence.index.DialogRow;
import io.sipscope.persistence.index.Related;
import io.sipscope.persistence.index.TimeGrid;
import io.sipscope.persistence.index.Timeline;
import io.sipscope.persistence.wire.NewerVersion;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.dialog.Rung;
import io.sipscope.protocol.hep.Hep;
import io.sipscope.protocol.hep.Hep3Framing;
import io.sipscope.protocol.hep.HepDecoder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is asked of a dialog whose second event is damaged, or was written by a newer version: then
/// its entity does not answer.
class DamagedDialogTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final String DIALOG = "/api/dialogs/" + OneDialog.IN_A_PATH;
  private static final String SENTENCE = "Its event 2 is damaged.";
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /// Whether the index knows of it.
  private static final AtomicBoolean NOTED = new AtomicBoolean();

  private static final TestProbe<Dialog.Command> SILENT = KIT.createTestProbe();
  private static ServerBinding damaged;
  private static ServerBinding newer;

  @BeforeAll
  static void bind() {
    var node = new OneDialog().on(KIT);
    damaged = bind(with(node.actors(KIT), new Gap(node), node.actors(KIT).dialogs().entities()));
    newer = bind(with(node.actors(KIT), (key, at) -> refused(node, key, at), _ -> SILENT.ref()));
  }

  private static ServerBinding bind(Actors actors) {
    var settings = new HttpSettings("127.0.0.1", 0, List.of(), PATIENCE);
    return OneDialog.bind(KIT, actors, settings);
  }

  private static Actors with(
      Actors node,
      DialogHistory history,
      java.util.function.Function<String, RecipientRef<Dialog.Command>> dialogs) {
    var stored = node.dialogs();
    return new Actors(
        new StoredDialogs(
            dialogs,
            new Noting(stored.index()),
            history,
            stored.reindex(),
            stored.trunks(),
            stored.names(),
            stored.legs()),
        node.live(),
        node.imports(),
        node.figures(),
        node.node(),
        node.cluster(),
        node.agents(),
        node.internals(),
        node.tracer(),
        node.script(),
        node.traces(),
        node.alerts());
  }

  /// The second message cannot be read, and is passed over.
  private record Gap(DialogHistory node) implements DialogHistory {
    @Override
    public Source<Rung, NotUsed> messages(String key, long at) {
      return messages(key, at, _ -> {});
    }

    @Override
    public Source<Rung, NotUsed> messages(String key, long at, Consumer<String> told) {
      return node.messages(key, at)
          .filter(
              rung -> {
                if (rung.seq() > 1) {
                  told.accept(SENTENCE);
                }
                return rung.seq() == 1;
              });
    }
  }

  /// The index, which knows of the damage or not yet.
  private record Noting(DialogIndex index) implements DialogIndex {
    private static Page noted(Page page) {
      return new Page(page.rows().stream().map(Noting::noted).toList(), page.next());
    }

    private static DialogRow noted(DialogRow row) {
      var damage = NOTED.get() ? SENTENCE : "";
      return new DialogRow(row.key(), row.summary(), row.trunk(), damage);
    }

    @Override
    public CompletionStage<Page> search(
        DialogQuery query, Optional<Cursor> after, int limit, long now) {
      return query.damaged() && !NOTED.get()
          ? java.util.concurrent.CompletableFuture.completedStage(
              new Page(List.of(), Optional.empty()))
          : index.search(query, after, limit, now).thenApply(Noting::noted);
    }

    @Override
    public CompletionStage<Page> recent(
        DialogQuery query, Optional<Cursor> after, int limit, long now) {
      return index.recent(query, after, limit, now).thenApply(Noting::noted);
    }

    @Override
    public CompletionStage<List<DialogRow>> around(
        long time, long window, DialogQuery query, int limit, long now) {
      return index
          .around(time, window, query, limit, now)
          .thenApply(rows -> rows.stream().map(Noting::noted).toList());
    }

    @Override
    public CompletionStage<Timeline> timeline(DialogQuery query, TimeGrid grid, long now) {
      return index.timeline(query, grid, now);
    }

    @Override
    public CompletionStage<Related> linked(Set<String> links, long from, long to, int limit) {
      return index.linked(links, from, to, limit);
    }

    @Override
    public CompletionStage<Related> begun(
        DialogQuery query, long from, long to, int limit, long now) {
      return index.begun(query, from, to, limit, now);
    }
  }

  private static Source<Rung, NotUsed> refused(DialogHistory node, String key, long at) {
    return node.messages(key, at).map(DamagedDialogTest::firstOnly);
  }

  private static Rung firstOnly(Rung rung) throws NewerVersion {
    if (rung.seq() > 1) {
      throw new NewerVersion("bits");
    }
    return rung;
  }

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @BeforeEach
  void nobodyKnows() {
    NOTED.set(false);
  }

  @Test
  void aSoundDialogSaysNothing() throws Exception {
    assertTrue(json(damaged, DIALOG).get("damaged").isNull());
  }

  @Test
  void itsLadderHasWhatCanBeReadAndSaysWhatIsMissing() throws Exception {
    var ladder = json(damaged, DIALOG + "/ladder");
    assertEquals(1, ladder.path("arrows").size());
    assertEquals(SENTENCE, ladder.path("dialog").path("damaged").asText());
    var messages = json(damaged, DIALOG + "/messages");
    assertEquals(1, messages.path("messages").size());
    assertEquals(SENTENCE, messages.path("damaged").asText());
    var then = json(damaged, DIALOG + "?at=2026-02-01T00:00:00Z");
    assertEquals(SENTENCE, then.path("damaged").asText());
  }

  @Test
  void whatIsKnownToBeDamagedIsShownAtOnce() throws Exception {
    NOTED.set(true);
    for (var node : List.of(damaged, newer)) {
      var dialog = json(node, DIALOG);
      assertEquals(SENTENCE, dialog.path("damaged").asText());
      assertEquals("failed", dialog.path("phase").asText());
    }
    assertEquals(1, json(newer, "/api/dialogs?damaged=true").path("dialogs").size());
  }

  @Test
  void onlyWhatIsDamagedIsFoundWhenAskedFor() throws Exception {
    assertEquals(0, json(newer, "/api/dialogs?damaged=true").path("dialogs").size());
    assertEquals(1, json(newer, "/api/dialogs?damaged=false").path("dialogs").size());
    assertEquals(400, get(newer, "/api/dialogs?damaged=maybe").statusCode());
  }

  /// It is asked, cannot start, and is noted as damaged meanwhile.
  @Test
  void anEntityThatCannotAnswerIsNotWaitedForOnceThatIsKnown() throws Exception {
    long asked = System.nanoTime();
    var answer = CLIENT.sendAsync(request(newer, DIALOG), BodyHandlers.ofByteArray());
    SILENT.receiveMessage();
    NOTED.set(true);
    var dialog = JSON.readTree(answer.join().body());
    assertEquals(SENTENCE, dialog.path("damaged").asText(), dialog.toString());
    assertTrue(System.nanoTime() - asked < PATIENCE.toNanos() / 2);
  }

  @Test
  void theLadderOfANewerOneIsAProblemThatSaysSo() throws Exception {
    for (var path : List.of("/ladder", "/messages", "?at=2026-02-01T00:00:00Z")) {
      var answer = get(newer, DIALOG + path);
      assertEquals(500, answer.statusCode());
      var text = new String(answer.body(), StandardCharsets.UTF_8);
      assertTrue(text.contains("newer version: bits."), text);
    }
  }

  @Test
  void itsExportHasWhatCanBeReadAndSaysThatThereIsMore() throws Exception {
    for (var node : List.of(damaged, newer)) {
      var packets = packets(get(node, DIALOG + "/hep"));
      assertEquals(2, packets.size());
      assertTrue(packets.get(0).payload().utf8().startsWith("INVITE "));
      assertEquals(Bytes.EMPTY, packets.get(1).payload());
    }
  }

  /// The index here has the dialog on two pages.
  @Test
  void theExportOfASearchGoesOnAfterIt() throws Exception {
    assertEquals(4, packets(get(newer, "/api/hep?user=alice")).size());
    var pcap = get(newer, "/api/pcap?user=alice");
    assertEquals(200, pcap.statusCode());
    assertEquals(
        2, new String(pcap.body(), StandardCharsets.UTF_8).split("INVITE sip:").length - 1);
  }

  private static List<Hep.Packet> packets(HttpResponse<byte[]> answer) {
    var packets = new ArrayList<Hep.Packet>();
    var framing = new Hep3Framing();
    framing.push(Bytes.of(answer.body()));
    while (framing.next() instanceof Hep3Framing.Frame(var frame)) {
      packets.add(assertInstanceOf(Hep.Packet.class, HepDecoder.decodeFrame(frame)));
    }
    return packets;
  }

  private static JsonNode json(ServerBinding node, String path)
      throws IOException, InterruptedException {
    var answer = get(node, path);
    var json = JSON.readTree(answer.body());
    assertEquals(200, answer.statusCode(), json.toString());
    return json;
  }

  private static HttpResponse<byte[]> get(ServerBinding node, String path)
      throws IOException, InterruptedException {
    return CLIENT.send(request(node, path), BodyHandlers.ofByteArray());
  }

  private static HttpRequest request(ServerBinding node, String path) {
    var uri = URI.create("http://127.0.0.1:" + node.localAddress().getPort() + path);
    return HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
  }
}
