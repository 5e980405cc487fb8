package io.sipscope.protocol.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sipscope.protocol.Bytes;
import io.sipscope.testing.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MessageCorpusTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Where the dissector of the oracle (tshark 4.0.17) is wrong, and why.
  private static final Map<String, String> KNOWN_DIFFERENCES =
      Map.of(
          "jain-sip-torture/jain_033.sip",
          "it takes the blanks after the To-tag into the tag",
          "rfc4475/intmeth.dat",
          "it stops at white space it does not expect and has no CSeq method (RFC 4475 §3.1.1.2)",
          "sofia-sip/test1.txt",
          "it knows neither folds nor white space around the colon: no Call-ID, no From-tag");

  @Test
  void agreesWithAnotherDissectorOnEveryWellFormedMessage() throws IOException {
    var differences = new TreeMap<String, String>();
    for (var oracle : Corpus.files("msg")) {
      if (oracle.endsWith("messages.oracle.json")) {
        for (var file : JSON.readTree(oracle.toFile())) {
          var path =
              oracle.resolveSibling(file.get("group").asText()).resolve(file.get("name").asText());
          compare(path, file, differences);
        }
      }
    }
    if (!Corpus.files("msg").isEmpty()) {
      assertEquals(KNOWN_DIFFERENCES.keySet(), differences.keySet(), differences::toString);
    }
  }

  private static void compare(Path path, JsonNode file, Map<String, String> differences)
      throws IOException {
    var parsed = SipParser.parse(Bytes.of(Files.readAllBytes(path)));
    var seen = file.path("tshark").path(0);
    var name = path.getParent().getFileName() + "/" + path.getFileName();
    if (parsed instanceof SipMessage message) {
      message.defects();
      message.headers();
      if (!seen.isMissingNode() && !seen.path("malformed").asBoolean()) {
        var ours = ours(message);
        var theirs = theirs(seen);
        ours.keySet().removeIf(key -> ours.get(key).equals(theirs.get(key)));
        if (!ours.isEmpty()) {
          differences.put(name, "ours " + ours + " theirs " + theirs);
        }
      }
    } else if (!seen.isMissingNode() && !seen.path("malformed").asBoolean()) {
      differences.put(name, parsed.toString());
    }
  }

  private static Map<String, String> ours(SipMessage message) {
    var facts = new LinkedHashMap<String, String>();
    facts.put("method", message.method());
    facts.put("status", message.isRequest() ? "" : Integer.toString(message.status()));
    facts.put("call_id", message.callId().text());
    facts.put("cseq", message.cseq().isPresent() ? Long.toString(message.cseq().number()) : "");
    facts.put("cseq_method", message.cseq().method());
    facts.put("from_tag", message.fromTag());
    facts.put("to_tag", message.toTag());
    return facts;
  }

  private static Map<String, String> theirs(JsonNode seen) {
    var facts = new LinkedHashMap<String, String>();
    for (var name :
        new String[] {"method", "status", "call_id", "cseq", "cseq_method", "from_tag", "to_tag"}) {
      facts.put(name, seen.path(name).asText("").replace("null", ""));
    }
    return facts;
  }
}
