package io.sipscope.http.reindex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sipscope.http.Asking;
import io.sipscope.persistence.index.IndexTable.Change;
import io.sipscope.persistence.index.Trunks;
import io.sipscope.persistence.journal.JournalEntry;
import io.sipscope.persistence.reindex.Rebuild;
import io.sipscope.persistence.reindex.Reindex;
import io.sipscope.protocol.link.LinkRules;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ReindexRouteTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final CountDownLatch goOn = new CountDownLatch(1);

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void nothingWasAskedYet() throws Exception {
    var progress = json(send(of(Slow::new), HttpRequest.GET("/api/reindex")), 200);
    assertEquals("idle", progress.path("state").asText());
    assertTrue(progress.get("of").isNull());
    assertTrue(progress.get("startedAt").isNull());
    assertTrue(progress.get("reason").isNull());
  }

  @Test
  void itIsStartedOnceAndTellsWhenItEnded() throws Exception {
    var reindex = of(Slow::new);
    var begun = send(reindex, HttpRequest.POST("/api/reindex"));
    assertEquals("/api/reindex", begun.getHeader("Location").orElseThrow().value());
    assertEquals("running", json(begun, 202).path("state").asText());
    var refused = json(send(reindex, HttpRequest.POST("/api/reindex")), 409);
    assertEquals("The index is being built already.", refused.path("detail").asText());
    goOn.countDown();
    var ended = awaitEnd(reindex);
    assertEquals("done", ended.path("state").asText());
    assertEquals(3, ended.path("removed").asInt());
    assertTrue(ended.path("endedAt").asText().endsWith("Z"), ended.toString());
  }

  @Test
  void whatAnotherNodeDoesIsNotDoneTwice() throws Exception {
    Rebuild.Opening elsewhere =
        () -> {
          throw new Rebuild.Underway("Another node is building the index already.");
        };
    var refused = json(send(of(elsewhere), HttpRequest.POST("/api/reindex")), 409);
    assertTrue(refused.path("detail").asText().startsWith("Another node"), refused.toString());
  }

  @Test
  void aStoreThatIsAwayIsSaid() throws Exception {
    Rebuild.Opening away =
        () -> {
          throw new Rebuild.Failed(new SQLException("gone"), true);
        };
    assertEquals(
        503, json(send(of(away), HttpRequest.POST("/api/reindex")), 503).path("status").asInt());
  }

  @Test
  void aStoreThatRefusesEndsItWithTheReason() throws Exception {
    goOn.countDown();
    var reindex = of(Refusing::new);
    json(send(reindex, HttpRequest.POST("/api/reindex")), 202);
    var ended = awaitEnd(reindex);
    assertEquals("failed", ended.path("state").asText());
    assertEquals("The store failed: no such column", ended.path("reason").asText());
  }

  private static Reindex of(Rebuild.Opening opening) {
    return new Reindex(
        opening,
        SerializationExtension.get(KIT.system()),
        Trunks.NONE,
        LinkRules.DEFAULT,
        Clock.systemUTC());
  }

  private static HttpResponse send(Reindex reindex, HttpRequest request) throws Exception {
    var asking = new Asking(KIT.scheduler(), PATIENCE);
    return new ReindexRoute(reindex, asking)
        .route()
        .function(KIT.system())
        .apply(request)
        .toCompletableFuture()
        .get();
  }

  private static JsonNode awaitEnd(Reindex reindex) {
    return TestProbe.create(KIT.system())
        .awaitAssert(
            PATIENCE,
            () -> {
              try {
                var progress = json(send(reindex, HttpRequest.GET("/api/reindex")), 200);
                assertTrue(!progress.get("endedAt").isNull(), progress.toString());
                return progress;
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
  }

  private static JsonNode json(HttpResponse answer, int status) throws Exception {
    var text = ((HttpEntity.Strict) answer.entity()).getData().utf8String();
    assertEquals(status, answer.status().intValue(), text);
    return JSON.readTree(text);
  }

  /// Has no events, and waits with saying so.
  private class Slow implements Rebuild {
    @Override
    public OptionalLong events() throws Failed {
      return OptionalLong.of(0);
    }

    @Override
    public List<JournalEntry> after(String id, long sequence, int limit) {
      try {
        goOn.await();
        return List.of();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public int write(Collection<Change> changes) {
      return changes.size();
    }

    @Override
    public Swept sweep(String key, int limit) {
      return new Swept("", 3);
    }

    @Override
    public void close() {}
  }

  private final class Refusing extends Slow {
    @Override
    public OptionalLong events() throws Failed {
      throw new Failed(new SQLException("no such column"), false);
    }
  }
}
