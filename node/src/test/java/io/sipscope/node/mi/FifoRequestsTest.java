package io.sipscope.node.mi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.http.mi.legacy.TextRequest;
import io.sipscope.node.mi.FifoRequests.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FifoRequestsTest {
  private static final String JSON = "{\"jsonrpc\":\"2.0\",\"method\":\"version\",\"id\":1}";

  private static List<Request> read(String... pieces) {
    var requests = new FifoRequests();
    return IntStream.range(0, pieces.length)
        .boxed()
        .flatMap(i -> requests.add(pieces[i], i).stream())
        .toList();
  }

  private static Request json(String reply) {
    return new Request.Json(reply, JSON);
  }

  private static Request text(String command, String reply, String... params) {
    return new Request.Text(new TextRequest(command, reply, Optional.of(List.of(params))));
  }

  @Test
  void jsonFollowsTheReplyNameWithOrWithoutBlanks() {
    assertEquals(List.of(json("r1")), read(":r1:" + JSON));
    assertEquals(List.of(json("r1")), read("\n:r1:\n " + JSON + "\n"));
    assertEquals(List.of(json("")), read("::" + JSON));
  }

  @Test
  void textEndsWithAnEmptyLine() {
    assertEquals(List.of(text("version", "r1")), read(":version:r1\n\n"));
    assertEquals(
        List.of(text("get_statistics", "r1", "core:", "shmem:")),
        read(":get_statistics:r1\ncore:\nshmem:\n\n"));
    assertEquals(List.of(text("version", "")), read(":version:\n\n"));
  }

  @Test
  void aParameterMayHaveANameOrQuotes() {
    assertEquals(
        List.of(text("x", "r", "on", "say \"hi\"\nthere", "plain")),
        read(":x:r\nmode:: on\n\"say \\\"hi\\\"\nthere\"\n  plain  \n\n"));
  }

  @Test
  void aQuoteThatIsNotClosedIsNoParameter() {
    assertEquals(
        List.of(new Request.Text(new TextRequest("x", "r", Optional.empty()))),
        read(":x:r\n\"open\n\n"));
  }

  @Test
  void whatComesInPiecesIsPutTogether() {
    var both = ":r1:" + JSON + ":which:r2\n\n";
    for (int cut = 1; cut < both.length(); cut++) {
      assertEquals(
          List.of(json("r1"), text("which", "r2")),
          read(both.substring(0, cut), both.substring(cut)));
    }
  }

  @Test
  void nothingWrittenIsNoRequest() {
    assertEquals(List.of(), read("", "\n", "  \n\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nope\n\n",
        ":r0:{\"jsonrpc\":\"2.0\",,\n",
        ":no second colon\n",
        ":../etc/passwd:{}",
        ":version:../etc/passwd\n\n",
        ":a\\b:{}"
      })
  void afterWhatIsNoRequestTheNextIsRead(String nonsense) {
    assertEquals(List.of(json("r1")), read(nonsense, ":r1:" + JSON));
  }

  @Test
  void whatIsLeftUnfinishedIsGivenUpAfterAWhile() {
    var requests = new FifoRequests();
    requests.add(":r0:{\"jsonrpc\":\"2.0\",", 0);
    assertEquals(List.of(json("r1")), requests.add(":r1:" + JSON, FifoRequests.PATIENCE_NANOS + 1));
  }

  @Test
  void aRequestThatNeverEndsIsGivenUpAtItsBound() {
    var requests = new FifoRequests();
    requests.add(":r0:{\"x\":\"", 0);
    requests.add("x".repeat(FifoRequests.MAX_REQUEST), 1);
    assertEquals(List.of(json("r1")), requests.add(":r1:" + JSON, 2));
  }

  @Test
  void bytesBeyondAsciiAreKept() {
    var name = new String("Zürich".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    assertEquals(List.of(text("x", "r", "Zürich")), read(":x:r\n" + name + "\n\n"));
    var json = (Request.Json) read(":r:{\"a\":\"" + name + "\"}").getFirst();
    assertEquals("{\"a\":\"Zürich\"}", new String(json.bytes(), StandardCharsets.UTF_8));
  }

  @Test
  void anyBytesAreTaken() {
    var random = new Random(4);
    var alphabet = ":::\n\n\"\\{}[],a1 /\0\u00ff";
    for (int round = 0; round < 20_000; round++) {
      var requests = new FifoRequests();
      for (int piece = 0; piece < 3; piece++) {
        var bytes = new StringBuilder();
        for (int length = random.nextInt(24); length > 0; length--) {
          bytes.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        requests.add(bytes.toString(), piece);
      }
    }
    assertTrue(new FifoRequests().add("[".repeat(100_000), 0).isEmpty());
  }
}
