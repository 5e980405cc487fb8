package io.sipscope.http.mi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sipscope.http.Asking;
import io.sipscope.http.json.Json;
import io.sipscope.http.mi.statistics.StatisticsCommands;
import io.sipscope.persistence.statistics.ClusterStatistics;
import io.sipscope.persistence.statistics.Counters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatisticsCommandsTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Counters counters = new Counters();
  private final MiRegistry registry =
      new MiRegistry(
          new StatisticsCommands(
                  ClusterStatistics.alone(counters),
                  new Asking(KIT.scheduler(), Duration.ofSeconds(5)))
              .commands());

  @BeforeEach
  void someValues() {
    counters.counter("ingest", "persisted").add(3);
    counters.counter("ingest", "received").add(5);
    counters.gauge("ingest", "in_flight", () -> 2);
    counters.counter("dynamic", "below").add(-1);
  }

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          get   | [["received"]]                | {"ingest:received":5}
          get   | [["RCV","RECEIVED"]]          | {"ingest:received":5}
          get   | [["received","received"]]     | {"ingest:received":5,"ingest:received":5}
          get   | [["INGEST:"]] | {"ingest:received":5,"ingest:persisted":3,"ingest:in_flight":2}
          get   | [["below"]]                   | {"dynamic:below":18446744073709551615}
          get   | [["ingest:received"]]         | 404 Statistics Not Found
          get   | [["ALL"]]                     | 404 Statistics Not Found
          get   | [["nope"]]                    | 404 Statistics Not Found
          get   | [[1]]                         | 404 Statistics Not Found
          get   | [["empty:"]]                  | 404 Statistics Not Found
          list  | [["in_flight"]]               | {"in_flight":"non-incremental"}
          list  | [["dynamic:"]]                | {"dynamic:below":"incremental"}
          list  | [["nope"]]                    | 404 Statistics Not Found
          reset | [["nope","received"]]         | "OK"
          reset | [["in_flight"]]               | "OK"
          reset | [["nope"]]                    | 404 Statistics Not Found
          reset | [["all"]]                     | 404 Statistics Not Found
          reset | [["ingest:"]]                 | 404 Statistics Not Found
          reset | [["ingest:received"]]         | 404 Statistics Not Found
          """)
  void answersAsOpensips(String command, String params, String answer) throws IOException {
    assertEquals(answer, run("statistics:" + command, params));
  }

  @Test
  void listsAllWithoutBeingToldWhat() throws IOException {
    assertEquals(run("list_statistics", "[[\"all\"]]"), run("list_statistics", "[]"));
  }

  @Test
  void resetsWhatCountsAndNothingElse() throws IOException {
    run("reset_statistics", "[[\"received\",\"in_flight\"]]");
    assertEquals(
        "{\"ingest:received\":0,\"ingest:persisted\":3,\"ingest:in_flight\":2}",
        run("get_statistics", "[[\"ingest:\"]]"));
    counters.counter("ingest", "received").add(2);
    assertEquals("{\"ingest:received\":2}", run("get_statistics", "[[\"received\"]]"));
    assertEquals("\"OK\"", run("reset_all_statistics", "[]"));
    assertEquals(
        "{\"ingest:received\":0,\"ingest:persisted\":0,\"ingest:in_flight\":2}",
        run("get_statistics", "[[\"ingest:\"]]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          get   | received     | ingest:received=5
          get   | nope,ingest: | ingest:received=5,ingest:persisted=3,ingest:in_flight=2
          get   |              | 400 Too few or too many arguments
          get   | nope         | 404 Statistics Not Found
          list  | in_flight    | in_flight=non-incremental
          reset | in_flight    |
          reset |              | 400 Too few or too many arguments
          reset | nope         | 404 Statistics Not Found
          """)
  void answersWithTextsInTheFormOfTwo(String command, String given, String answer) {
    var texts = given == null ? List.<String>of() : List.of(given.split(",", -1));
    var legacy = command("statistics:" + command).legacy().orElseThrow();
    var told =
        switch (legacy.run().apply(texts).toCompletableFuture().join()) {
          case MiLegacy.Reply.Fault(var code, var reason) -> code + " " + reason;
          case MiLegacy.Reply.Tree(var root) ->
              root.children().stream()
                  .map(leaf -> leaf.name() + "=" + leaf.value())
                  .collect(Collectors.joining(","));
        };
    assertEquals(answer == null ? "" : answer, told);
  }

  private MiCommand command(String name) {
    return ((MiRegistry.Named.Known) registry.named(name)).command();
  }

  private String run(String name, String params) throws IOException {
    var outcome = MiRegistry.run(command(name), JSON.readTree(params)).toCompletableFuture().join();
    return switch (outcome) {
      case MiOutcome.Fault fault -> fault.code() + " " + fault.message();
      case MiOutcome.Value(var json) -> new String(Json.bytes(json), StandardCharsets.UTF_8);
    };
  }
}
