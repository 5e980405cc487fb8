package io.sipscope.http.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sipscope.http.SeenAgents;
import io.sipscope.http.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class AgentsJsonTest {
  private static JsonNode json(NodeReport... nodes) throws IOException {
    var report = new ClusterReport(List.of(nodes), List.of("a node"));
    return new ObjectMapper().readTree(Json.bytes(AgentsJson.of(report)));
  }

  private static AgentState listedAs(String name, long id, OptionalLong lastAt) {
    return new AgentState(
        new AgentState.Identity(name, id, true),
        AgentState.Link.NONE,
        AgentState.Counts.NONE,
        AgentState.Silences.NONE,
        lastAt,
        lastAt,
        OptionalLong.empty(),
        0);
  }

  @Test
  void anAgentOfTwoNodesIsOneRow() throws Exception {
    var edge = json(SeenAgents.OF_THE_FIRST, SeenAgents.OF_THE_SECOND).at("/agents/1");
    assertEquals("edge-1", edge.path("name").asText());
    assertEquals(2001, edge.path("id").asInt());
    assertEquals(SeenAgents.FIRST, edge.path("node").asText(), "that heard it last");
    assertEquals(2, edge.path("nodes").size());
    assertEquals("192.0.2.100", edge.path("address").asText());
    assertEquals(2, edge.path("addresses").size());
    assertEquals(111, edge.path("messages").asInt());
    assertEquals(109, edge.path("stored").asInt());
    assertEquals(2, edge.path("malformed").asInt());
    assertEquals(6, edge.path("dropped").asInt());
    assertEquals("{\"agent-rate\":4,\"queue-full\":2}", edge.path("droppedBy").toString());
    assertEquals(2, edge.path("gaps").asInt());
    assertEquals(
        "[{\"start\":\"1970-01-01T00:00:11.000000000Z\",\"lengthMs\":40000},"
            + "{\"start\":\"1970-01-01T00:01:40.000000000Z\",\"lengthMs\":40000}]",
        edge.path("latestGaps").toString());
    assertTrue(edge.path("silentSince").isNull(), "the other node hears it");
    assertEquals("1970-01-01T00:00:11.000000000Z", edge.path("firstSeenAt").asText());
    assertEquals("1970-01-01T00:16:40.000000000Z", edge.path("lastSeenAt").asText());
    assertEquals("-1500", edge.path("clockOffsetMs").toString());
    assertTrue(edge.path("clockSuspect").asBoolean());
    assertEquals(27.75, edge.path("rate").asDouble());
  }

  @Test
  void whoWasNeverHeardIsShownWithoutWhatIsUnknown() throws Exception {
    var unheard = json(SeenAgents.OF_THE_FIRST).at("/agents/0");
    assertEquals("7", unheard.path("name").asText());
    assertTrue(unheard.path("listed").asBoolean());
    for (var unknown :
        List.of("node", "address", "transport", "version", "lastSeenAt", "clockOffsetMs")) {
      assertTrue(unheard.path(unknown).isNull(), unknown);
    }
    assertEquals(0, unheard.path("nodes").size());
  }

  @Test
  void aListedAgentThatOneNodeHearsIsNotShownAsUnheardByAnother() throws Exception {
    var heard =
        new NodeReport("a", List.of(listedAs("edge", 5, OptionalLong.of(1))), List.of(), List.of());
    var unheard =
        new NodeReport(
            "b",
            List.of(
                listedAs("edge", 0, OptionalLong.empty()),
                listedAs("other", 0, OptionalLong.empty())),
            List.of(),
            List.of());
    var names =
        StreamSupport.stream(json(heard, unheard).path("agents").spliterator(), false)
            .map(agent -> agent.path("name").asText() + agent.path("nodes"))
            .toList();
    assertEquals(List.of("edge[\"a\"]", "other[]"), names);
  }

  @Test
  void sourcesAndRefusalsSayOnWhichNode() throws Exception {
    var json = json(SeenAgents.OF_THE_FIRST, SeenAgents.OF_THE_SECOND);
    assertEquals("connecting", json.at("/sources/0/condition").asText());
    assertEquals(SeenAgents.FIRST, json.at("/sources/0/node").asText());
    assertEquals("agent-key", json.at("/refused/0/reason").asText());
    assertEquals(7, json.at("/refused/0/count").asInt());
    assertEquals(SeenAgents.FIRST, json.at("/refused/0/node").asText());
    assertEquals("a node", json.at("/unanswered/0").asText());
  }
}
