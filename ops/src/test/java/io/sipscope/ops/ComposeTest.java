package io.sipscope.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.sipscope.testing.Corpus;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `docker/compose.yaml` as far as it can be held without a container engine.
class ComposeTest {
  private JsonNode services;

  @BeforeEach
  void theFile() throws IOException {
    var file = Corpus.repository().resolve("docker/compose.yaml").toFile();
    services = new YAMLMapper().readTree(file).path("services");
  }

  @Test
  void hasThreeNodesAndTheirDatabase() {
    var names = new TreeSet<String>();
    services.fieldNames().forEachRemaining(names::add);
    assertEquals(Set.of("database", "node1", "node2", "node3"), names);
  }

  @Test
  void everyPortIsPublishedOnThisMachineOnlyAndOnce() {
    var published = new HashSet<String>();
    for (var service : services) {
      for (var port : service.path("ports")) {
        assertTrue(port.asText().startsWith("127.0.0.1:"), port.asText());
        assertTrue(published.add(port.asText()), port.asText());
      }
    }
    assertEquals(9, published.size());
  }

  @Test
  void everyNodeIsKnownToTheOthersByTheNameItHas() {
    for (var name : Set.of("node1", "node2", "node3")) {
      var node = services.path(name);
      assertEquals(name, node.path("hostname").asText());
      assertEquals(name, node.path("environment").path("SIPSCOPE_CLUSTER_HOST").asText());
    }
  }
}
