package io.sipscope.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.persistence.wire.Unreadable;
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
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What is asked of a dialog whose second event is damaged.
class DamagedDialogTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final String DIALOG = "/api/dialogs/" + OneDialog.IN_A_PATH;
  private static ServerBinding open;

  @BeforeAll
  static void bind() {
    var settings = new HttpSettings("127.0.0.1", 0, List.of(), Duration.ofSeconds(5));
    var actors = damaged(new OneDialog().on(KIT).actors(KIT));
    open = HttpApi.bind(KIT.system(), actors, settings).toCompletableFuture().join();
  }

  private static Actors damaged(Actors node) {
    return new Actors(
        node.dialogs(),
        node.live(),
        node.index(),
        (key, at) -> node.history().messages(key, at).map(DamagedDialogTest::firstOnly),
        node.trunks(),
        node.imports(),
        node.counters(),
        node.statistics(),
        node.cluster(),
        node.unready());
  }

  private static Rung firstOnly(Rung rung) throws Unreadable {
    if (rung.seq() > 1) {
      throw new Unreadable("bits");
    }
    return rung;
  }

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void itsLadderIsAProblemThatSaysSo() throws Exception {
    for (var path : List.of("/ladder", "/messages", "?at=2026-02-01T00:00:00Z")) {
      var answer = get(DIALOG + path);
      assertEquals(500, answer.statusCode());
      var text = new String(answer.body(), StandardCharsets.UTF_8);
      assertTrue(text.contains("damaged, or of a newer version: bits."), text);
    }
  }

  @Test
  void itsExportHasWhatCanBeReadAndSaysThatThereIsMore() throws Exception {
    var packets = packets(get(DIALOG + "/hep"));
    assertEquals(2, packets.size());
    assertTrue(packets.get(0).payload().utf8().startsWith("INVITE "));
    assertEquals(Bytes.EMPTY, packets.get(1).payload());
  }

  /// The index here has the dialog on two pages.
  @Test
  void theExportOfASearchGoesOnAfterIt() throws Exception {
    assertEquals(4, packets(get("/api/hep?user=alice")).size());
    var pcap = get("/api/pcap?user=alice");
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

  private static HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:" + open.localAddress().getPort() + path);
    var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build();
    return CLIENT.send(request, BodyHandlers.ofByteArray());
  }
}
