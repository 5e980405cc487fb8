package io.sipscope.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The commands against a server that answers as the contract says.
class CommandsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private HttpServer node;
  private int status = 200;
  private String answer = "{}";

  /// Those that come before [#answer], in their order.
  private final Deque<String> answers = new ArrayDeque<>();

  /// More than there is: the connection then ends before the answer does.
  private int announced;

  @BeforeEach
  void aNode() throws IOException {
    node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    node.createContext("/", this::answer);
    node.start();
  }

  @AfterEach
  void itStops() {
    node.stop(0);
  }

  @Test
  void importSaysWhatWasStoredSkippedAndMalformed(@TempDir Path folder) throws IOException {
    answer = "{\"packets\":9,\"messages\":8,\"dialogs\":2,\"malformed\":1,\"duplicates\":3}";
    var file = Files.writeString(folder.resolve("a.pcap"), "bytes of a capture");
    assertEquals(0, run("import", file.toString()));
    assertEquals(
        file
            + ": 9 packets, 8 messages in 2 dialogs; stored 5, skipped 3 (duplicates), malformed"
            + " 1\n",
        out.toString());
    assertEquals("POST /api/captures bytes of a capture", asked.getFirst());
  }

  @Test
  void importGoesOnAfterAFileThatFailsAndStillFails(@TempDir Path folder) throws IOException {
    answer = "{\"packets\":1,\"messages\":1,\"dialogs\":1,\"malformed\":0,\"duplicates\":0}";
    var file = Files.writeString(folder.resolve("a.pcap"), "bytes");
    assertEquals(1, run("import", folder.resolve("none.pcap").toString(), file.toString()));
    assertTrue(err.toString().contains("none.pcap: no such file"), err.toString());
    assertTrue(out.toString().contains("stored 1"), out.toString());
  }

  @Test
  void importTellsTheNodesReason(@TempDir Path folder) throws IOException {
    status = 422;
    answer = "{\"title\":\"Not a capture\",\"detail\":\"neither pcap nor pcapng\"}";
    var file = Files.writeString(folder.resolve("a.txt"), "hello");
    assertEquals(1, run("import", file.toString()));
    assertTrue(err.toString().contains("Not a capture: neither pcap nor pcapng"), err.toString());
  }

  private static final String WOULD =
      """
      {"dialogs":2,"messages":9,
       "traced":[{"traceId":"tid","scope":"dialog","dialogs":1,"messages":7}],
       "statistics":{"method:INVITE":2},"events":{},"relayed":{"sip:10.0.0.1:9060":3},
       "requests":{},"dropped":1,"log":[{"level":"INFO","line":"a\\u001bb","count":4}],
       "failures":[{"file":"script","line":2,"column":3,"message":"null + 1","count":5,
                    "lastAt":"2026-11-21T00:00:00Z"}],
       "hits":{"2":9},"complete":false,
       "warnings":[{"file":"script","line":1,"column":3,"endColumn":4,"message":"strange",
                    "severity":"warning"}]}
      """;

  @Test
  void scriptRunPrintsWhatAScriptWouldDo(@TempDir Path folder) throws IOException {
    answer = WOULD;
    var file = Files.writeString(folder.resolve("policy.cfg"), "\troute {\n}\n");
    assertEquals(0, run("script-run", file.toString(), "--on", "method=INVITE&from=alice"));
    assertEquals(
        """
        2 dialogs, 9 messages (there are more than one run takes)
        traced:
          tid: 7 messages of 1 dialogs, by scope dialog
        counted:
          method:INVITE = 2
        relayed:
          sip:10.0.0.1:9060 = 3
        dropped: 1
        log:
          4 x INFO:a\\x1bb
        failed:
          FILE:2:3: null + 1 (5 times)
        """
            .replace("FILE", file.toString()),
        out.toString());
    assertEquals(file + ":1:3: warning: strange\n route {\n  ^\n", err.toString());
    assertEquals("POST /api/script/run?method=INVITE&from=alice \troute {\n}\n", asked.getFirst());
    out.getBuffer().setLength(0);
    assertEquals(0, run("script-run", "--json", file.toString(), "--on", "one@host"));
    assertTrue(out.toString().startsWith("{\n  \"dialogs\" : 2"), out.toString());
    assertTrue(asked.getLast().startsWith("POST /api/script/run?call-id=one%40host "));
  }

  @Test
  void scriptRunShowsWhatIsWrongWithAScript(@TempDir Path folder) throws IOException {
    status = 422;
    answer =
        """
        {"complaints":[{"file":"script","line":1,"column":9,"endColumn":14,
                        "message":"there is no function 'wrong'","severity":"error"}]}
        """;
    var file = Files.writeString(folder.resolve("policy.cfg"), "route { wrong(); }");
    assertEquals(1, run("script-run", file.toString()));
    assertEquals(
        file + ":1:9: error: there is no function 'wrong'\nroute { wrong(); }\n        ^\n",
        err.toString());
    assertEquals(1, run("script-run", folder.resolve("none.cfg").toString()));
    assertTrue(err.toString().contains("none.cfg cannot be read"), err.toString());
  }

  @Test
  void miPrintsTheResult() {
    answer = "{\"jsonrpc\":\"2.0\",\"result\":{\"ingest:received\":4},\"id\":1}";
    assertEquals(0, run("mi", "get_statistics", "ingest:"));
    assertEquals("{\n  \"ingest:received\" : 4\n}\n", out.toString());
    assertEquals(
        "POST /mi"
            + " {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"get_statistics\",\"params\":[[\"ingest:\"]]}",
        asked.getFirst());
  }

  @Test
  void miTellsTheErrorAndFails() {
    answer =
        "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32601,\"message\":\"Method not"
            + " found\"},\"id\":1}";
    assertEquals(1, run("mi", "nonsense"));
    assertEquals("sipscope: -32601 Method not found\n", err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void ladderAsksForTheEncodedCallId() {
    answer = "{\"dialog\":{\"callId\":\"a/b c@d\"},\"columns\":[],\"arrows\":[]}";
    assertEquals(0, run("ladder", "a/b c@d"));
    assertEquals("GET /api/dialogs/a%2Fb%20c%40d/ladder ", asked.getFirst());
    assertTrue(out.toString().startsWith("a/b c@d"), out.toString());
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          HEP3,   the node's answer ends within a message
          hello,  the node's answer is no HEP3
          '',     no stored dialog is like that
          """)
  void replaySendsNothingOfAnAnswerThatIsNotWhole(String said, String sentence) {
    answer = said;
    assertEquals(1, run("replay", "from=alice", "--to", "hep:127.0.0.1:9"));
    assertEquals("GET /api/hep?from=alice ", asked.getFirst());
    assertTrue(err.toString().startsWith("sipscope: " + sentence), err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void replaySendsNothingWhenTheNodeBreaksOff() {
    announced = 100;
    assertEquals(1, run("replay", "from=alice", "--to", "hep:127.0.0.1:9"));
    assertTrue(err.toString().contains("could not be read to their end"), err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void reindexIsWatchedUntilItEndsAndSaysWhatItDid() {
    status = 202;
    answers.add("{\"state\":\"running\",\"dialogs\":0,\"of\":null}");
    answers.add("{\"state\":\"running\",\"dialogs\":4,\"of\":9}");
    answer =
        "{\"state\":\"done\",\"dialogs\":9,\"of\":9,\"rewritten\":7,\"removed\":2,\"damaged\":1}";
    assertEquals(0, run("reindex"));
    assertEquals(
        "9 dialogs: 7 rows rewritten, 2 removed; 1 damaged"
            + " (GET /api/dialogs?damaged=true lists them)\n",
        out.toString());
    assertEquals(List.of("POST /api/reindex ", "GET /api/reindex ", "GET /api/reindex "), asked);
  }

  @Test
  void reindexTellsWhyItFailed() {
    answers.add("{\"state\":\"running\",\"dialogs\":0}");
    answer = "{\"state\":\"failed\",\"reason\":\"The store failed: gone\"}";
    assertEquals(1, run("reindex"));
    assertEquals("sipscope: The store failed: gone\n", err.toString());
  }

  @Test
  void reindexIsNotBegunTwice() {
    status = 409;
    answer = "{\"title\":\"Conflict\",\"detail\":\"The index is being built already.\"}";
    assertEquals(1, run("reindex"));
    assertEquals("sipscope: Conflict: The index is being built already.\n", err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void reindexOfANodeThatForgotItFails() {
    answers.add("{\"state\":\"running\",\"dialogs\":0}");
    answer = "{\"state\":\"idle\",\"dialogs\":0,\"reason\":null}";
    assertEquals(1, run("reindex"));
    assertEquals("sipscope: the node was started anew meanwhile\n", err.toString());
  }

  @Test
  void aKeyIsSentWhenGiven() {
    answer = "{\"jsonrpc\":\"2.0\",\"result\":\"OK\",\"id\":1}";
    assertEquals(0, run("mi", "--api-key", "secret", "version"));
    assertTrue(asked.contains("Bearer secret"), asked.toString());
  }

  @Test
  void aMissingKeyIsSaid() {
    status = 401;
    assertEquals(1, run("mi", "version"));
    assertTrue(err.toString().contains("--api-key or SIPSCOPE_API_KEY"), err.toString());
  }

  @Test
  void noNodeIsSaidInOneSentence() {
    node.stop(0);
    assertEquals(1, run("ladder", "x"));
    assertTrue(err.toString().contains("no node answers at"), err.toString());
    assertEquals(1, err.toString().lines().count());
  }

  @Test
  void aCommandThatDoesNotExistIsRefused() {
    assertEquals(2, run("trace"));
  }

  @Test
  void checkShowsTheErrorsOfAScriptWithTheirPlaces(@TempDir Path folder) throws IOException {
    var script = Files.writeString(folder.resolve("a.cfg"), "route {\n\txlgo(\"$rm\");\n}\n");
    assertEquals(1, checked(script));
    assertEquals(
        script
            + ":2:2: error: there is no function xlgo() (is 'xlog' meant?)\n"
            + "\txlgo(\"$rm\");\n"
            + "\t^~~~\n"
            + script
            + ": 3 lines, 1 error, 0 warnings\n",
        out.toString());
  }

  @Test
  void checkReadsTheScriptWithTheSettingsOfANode(@TempDir Path folder) throws IOException {
    var script = Files.writeString(folder.resolve("a.cfg"), "route { sip_trace(\"t\", \"d\"); }\n");
    assertEquals(1, checked(script));
    assertTrue(out.toString().contains("a.cfg:1:9: error: "), out.toString());
    assertEquals(0, checked(script, "-Dsipscope.trace.ids=[\"[t]uri=hep:127.0.0.1:9061\"]"));
    assertEquals(1, checked(folder.resolve("away.cfg")));
    assertTrue(err.toString().contains("away.cfg"), err.toString());
  }

  private int checked(Path script, String... more) {
    var words = new ArrayList<>(List.of("check", script.toString()));
    words.addAll(List.of(more));
    return Sipscope.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(words.toArray(String[]::new));
  }

  private int run(String command, String... arguments) {
    var words = new ArrayList<>(List.of(command));
    if (!command.equals("trace")) {
      words.addAll(List.of("--url", "http://127.0.0.1:" + node.getAddress().getPort()));
    }
    words.addAll(List.of(arguments));
    return Sipscope.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(words.toArray(String[]::new));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
      var key = exchange.getRequestHeaders().getFirst("Authorization");
      if (key != null) {
        asked.add(key);
      }
      var bytes = (answers.isEmpty() ? answer : answers.remove()).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, Math.max(announced, bytes.length));
      exchange.getResponseBody().write(bytes);
      exchange.getResponseBody().flush();
    }
  }
}
