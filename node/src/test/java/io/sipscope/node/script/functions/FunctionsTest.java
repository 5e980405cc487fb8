package io.sipscope.node.script.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.script.Made;
import io.sipscope.node.script.TestWorld;
import io.sipscope.node.script.dispatcher.Dispatcher;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.World.Response;
import io.sipscope.node.script.value.Value;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import io.sipscope.persistence.trace.TraceLegs;
import io.sipscope.persistence.trace.TraceOrder;
import io.sipscope.persistence.trace.TraceScope;
import io.sipscope.persistence.trace.TraceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionsTest {
  private static final String A = "sip:10.0.0.1:9060";
  private static final String B = "sip:10.0.0.2:9060";
  private static final String C = "sip:10.0.0.3:9060;transport=tcp";
  private static final String INVITE =
      "INVITE sip:b@x SIP/2.0\nTo: <sip:b@x>\nCall-ID: c1\nCSeq: 1 INVITE\nX-A: 1\n\n";
  private static final String OK =
      "SIP/2.0 200 OK\nTo: <sip:b@x>;tag=t\nCall-ID: c1\nCSeq: 2 BYE\n\n";

  private final TestWorld world = new TestWorld();
  private final Run invite = world.run(TestWorld.subject(INVITE));
  private final Run ok = world.run(TestWorld.subject(OK));
  private Map<String, ScriptFunction> functions = Map.of();

  @BeforeEach
  void dispatcher() throws Unusable {
    functions =
        Functions.all("tid"::equals, Dispatcher.of(Map.of(1, List.of(A, B, C)), "$stat(load_%u)"));
  }

  private int call(Run run, String name, String... arguments) throws Unusable {
    return Made.call(functions.get(name), run, arguments);
  }

  @ParameterizedTest
  @CsvSource({
    "INVITE,             1, -1",
    "ACK|INVITE,         1, -1",
    "invite,             1, -1",
    "BYE,               -1,  1",
    "' BYE | CANCEL',   -1,  1",
    "INVITEX,           -1, -1"
  })
  void aMethodIsThatOfTheRequestOrOfCSeq(String methods, int ofInvite, int ofReply)
      throws Unusable {
    assertEquals(ofInvite, call(invite, "is_method", methods));
    assertEquals(ofReply, call(ok, "is_method", methods));
  }

  @Test
  void messagesAreAskedForWhatTheyHave() throws Unusable {
    assertEquals(-1, call(invite, "has_totag"));
    assertEquals(1, call(ok, "has_totag"));
    assertEquals(-1, call(world.run(), "has_totag"));
    assertEquals(-1, call(invite, "has_body"));
    assertEquals(1, call(invite, "is_present_hf", "x-a"));
    assertEquals(-1, call(invite, "is_present_hf", "X-B"));
    assertEquals(-1, call(invite, "isflagset", "5"));
    assertEquals(1, call(invite, "setflag", "5"));
    assertEquals(1, call(invite, "isflagset", "5"));
    assertEquals(1, call(invite, "resetflag", "5"));
    assertEquals(-1, call(invite, "isflagset", "5"));
  }

  @Test
  void aTraceIsOrderedInTheWordsOfBothEras() throws Unusable {
    assertEquals(1, call(invite, "sip_trace", "tid", "d", "sip|xlog", "user@x"));
    assertEquals(1, call(invite, "trace", "tid", "M t"));
    assertEquals(1, call(invite, "trace", "tid"));
    assertEquals(
        List.of(
            new TraceOrder(
                "tid",
                Optional.of(TraceScope.DIALOG),
                Set.of(TraceType.SIP, TraceType.XLOG),
                "user@x",
                TraceLegs.BOTH,
                ""),
            new TraceOrder("tid", Optional.of(TraceScope.TRANSACTION), ""),
            new TraceOrder("tid", Optional.empty(), "")),
        invite.orders());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "sip_trace tid t xlog|rest;TRANSACTION [REST, XLOG] '' BOTH ''",
        "sip_trace tid m sip|rest u;MESSAGE [REST, SIP] 'u' BOTH ''",
        "sip_trace tid m alice@example.org;MESSAGE [SIP] 'alice@example.org' BOTH ''",
        "sip_trace tid m two-words;MESSAGE [SIP] 'two-words' BOTH ''",
        "sip_trace tid m $var(user);MESSAGE [SIP] 'u-1' BOTH ''",
        "sip_trace tid m $var(types);MESSAGE [XLOG] '' BOTH ''",
        "trace tid d sip|nose|XLOG a C;DIALOG [SIP, XLOG] 'a' CALLER ''",
        "trace tid D SIP a c cor-1;DIALOG [SIP] 'a' CALLEE 'cor-1'",
        "trace tid b sip a Cc;DIALOG [SIP] 'a' BOTH ''",
        "trace tid;any [SIP] '' BOTH ''",
      })
  void whatATraceOrders(String call, String order) throws Unusable {
    invite.variables().put("user", Value.of("u-1"));
    invite.variables().put("types", Value.of("xlog"));
    var words = List.of(call.split(" ", -1));
    var arguments = words.subList(1, words.size()).toArray(String[]::new);
    assertEquals(1, call(invite, words.getFirst(), arguments));
    var made = invite.orders().getFirst();
    assertEquals(
        order,
        made.scope().map(TraceScope::name).orElse("any")
            + " "
            + made.types().stream().map(TraceType::name).sorted().toList()
            + " '"
            + made.attributes()
            + "' "
            + made.legs()
            + " '"
            + made.correlationId()
            + "'");
  }

  @Test
  void whatHasNothingToTraceHereIsTrueAndOrdersNothing() throws Unusable {
    assertEquals(1, call(invite, "trace", "tid", "t", "mi|net"));
    assertEquals(List.of(), invite.orders());
    assertEquals(-1, call(invite, "trace", "tid", "d", "nose"));
  }

  @Test
  void aTraceThatCannotBeIsFalseAtRunTime() throws Unusable {
    for (var wrong : List.of("none", "")) {
      invite.variables().put("id", Value.of(wrong));
      assertEquals(-1, call(invite, "trace", "$var(id)", "d"), wrong);
    }
    invite.variables().put("id", Value.of("tid"));
    invite.variables().put("scope", Value.of("x"));
    assertEquals(-1, call(invite, "trace", "$var(id)", "$var(scope)"));
    invite.variables().put("types", Value.of("nose"));
    assertEquals(-1, call(invite, "trace", "$var(id)", "d", "$var(types)"));
    assertEquals(-1, call(world.run(), "trace", "$var(id)", "d"));
    assertEquals(1, call(invite, "trace", "$var(id)", "$var(missing)"));
    assertEquals(1, invite.orders().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trace none",
        "trace tid x",
        "trace tid d sip a q",
        "is_method |",
        "update_stat a one",
        "xlog L_NOSE text",
        "rest_get ftp://x $var(b)",
        "ds_select_dst one 9",
        "ds_select_dst 1,x 9",
        "ds_count 1 xyz $var(n)",
        "ds_mark_dst x",
        "hep_relay http://x",
        "hep_relay nonsense"
      })
  void whatIsLiteralAndWrongIsSaidAtTheLoad(String call) {
    var words = call.split(" ", -1);
    var arguments = List.of(words).subList(1, words.length).toArray(String[]::new);
    var function = functions.get(words[0]);
    assertThrows(Unusable.class, () -> Made.at(function, arguments));
  }

  @Test
  void statisticsAreCountedAndCleared() throws Unusable {
    assertEquals(1, call(invite, "update_stat", "method:INVITE", "+1"));
    assertEquals(1, call(invite, "update_stat", "method:INVITE", "$ml"));
    assertEquals(
        1L + INVITE.length() + INVITE.lines().count(), world.statistics.get("method:INVITE"));
    assertEquals(1, call(invite, "reset_stat", "method:INVITE"));
    assertEquals(0L, world.statistics.get("method:INVITE"));
    assertEquals(-1, call(invite, "reset_stat", "never"));
    assertEquals(-1, call(invite, "update_stat", "a", "$var(missing)"));
    assertEquals(1, call(invite, "update_stat_series", "prof", "s", "5"));
    assertEquals(5L, world.statistics.get("prof/s"));
  }

  @Test
  void aStatisticThatIsRefusedIsFalseAndSaysWhy() throws Unusable {
    assertEquals(-1, call(invite, "update_stat", "unknown:a", "1"));
    assertEquals(List.of("-1 no such group"), world.lines);
  }

  @Test
  void anIteratorThatWasNotBegunHasNothing() throws Unusable {
    assertEquals(-1, call(invite, "stat_iter_next", "$var(k)", "$var(v)", "iter"));
  }

  @ParameterizedTest
  @CsvSource({"L_ERR,-1", "L_ALERT,-3", "L_WARN,1", "L_INFO,3", "L_DBG,4", "2,2", "-2,-2"})
  void linesHaveLevels(String level, int number) throws Unusable {
    assertEquals(1, call(invite, "xlog", level, "text"));
    assertEquals(List.of(number + " text"), world.lines);
  }

  @Test
  void aLineWithoutALevelIsAnErrors() throws Unusable {
    assertEquals(1, call(invite, "xlog", "text"));
    assertEquals(List.of("-1 text"), world.lines);
  }

  @Test
  void eventsHaveNamedAndPlacedParameters() throws Unusable {
    Made.place("$json(p)").parse(invite, Value.of("{\"a\":1,\"b\":\"x\"}"));
    Made.place("$json(q)").parse(invite, Value.of("[1,\"x\"]"));
    for (var value : List.of("n1", "n2")) {
      Made.place("$avp(n)").write(invite, Value.of(value));
      Made.place("$avp(v)").write(invite, Value.of(value + "!"));
    }
    assertEquals(1, call(invite, "raise_event", "E_A"));
    assertEquals(1, call(invite, "raise_event", "E_A", "$json(p)"));
    assertEquals(1, call(invite, "raise_event", "E_A", "$json(q)"));
    assertEquals(1, call(invite, "raise_event", "E_A", "$avp(n)", "$avp(v)"));
    assertEquals(1, call(invite, "raise_event", "E_A", "$avp(v)"));
    assertEquals(-1, call(invite, "raise_event", "unknown"));
    var plain = io.sipscope.persistence.events.Event.of("E_A");
    assertEquals(
        List.of(
            plain,
            plain.with("a", 1).with("b", "x"),
            plain.with("", 1).with("", "x"),
            plain.with("n1", "n1!").with("n2", "n2!"),
            plain.with("", "n1!").with("", "n2!")),
        world.events);
  }

  @Test
  void whereTheRouteMayWaitTheAnswerFillsTheVariables() throws Unusable {
    assertEquals(1, call(ok, "rest_post", "http://h/p", "{}", "", "$var(b)", "$var(t)", "$var(s)"));
    assertEquals("fine", Made.read(ok, "$var(b)"));
    assertEquals("text/plain", Made.read(ok, "$var(t)"));
    assertEquals("200", Made.read(ok, "$var(s)"));
    assertEquals("POST", world.requests.getFirst().method());
    assertEquals("{}", world.requests.getFirst().body());
    world.response = CompletableFuture.completedFuture(new Response(0, "", "", "gone"));
    assertEquals(-10, call(invite, "rest_get", "http://h/p", "$var(b)", "", "$var(s)"));
    assertEquals("<null>", Made.read(invite, "$var(s)"));
  }

  @Test
  void whereItMayNotTheRequestIsSentOff() throws Unusable {
    world.mayWait = false;
    world.response = new CompletableFuture<>();
    assertEquals(1, call(invite, "rest_get", "http://h/p", "$var(b)"));
    assertEquals("<null>", Made.read(invite, "$var(b)"));
    assertEquals(1, world.requests.size());
  }

  @Test
  void theDestinationWithTheLeastLoadIsChosenAndRelayedTo() throws Unusable {
    call(invite, "update_stat", "load_" + A, "3");
    call(invite, "update_stat", "load_" + B, "1");
    call(invite, "update_stat", "load_" + C, "2");
    assertEquals(1, call(invite, "ds_select_dst", "1", "9"));
    assertEquals(B, Made.read(invite, "$du"));
    assertEquals(1, call(invite, "hep_relay"));
    assertEquals(1, call(invite, "ds_mark_dst", "i"));
    assertEquals(1, call(invite, "ds_next_dst"));
    assertEquals(C, Made.read(invite, "$du"));
    assertEquals(1, call(invite, "ds_next_dst"));
    assertEquals(A, Made.read(invite, "$du"));
    assertEquals(-1, call(invite, "ds_next_dst"));
    assertEquals(List.of(B), world.relayed);
    assertEquals(1, call(ok, "ds_select_dst", "1", "9"));
    assertEquals(C, Made.read(ok, "$du"), "B is marked inactive");
  }

  @Test
  void whatWasNeverCountedHasNothingToDo() throws Unusable {
    call(invite, "update_stat", "load_" + A, "1");
    assertEquals(1, call(invite, "ds_select_dst", "1", "9", "", "", "1"));
    assertEquals(B, Made.read(invite, "$du"));
    assertEquals(-1, call(invite, "ds_next_dst"), "one was asked for");
  }

  @Test
  void inTurnEachIsChosenAndByHashAlwaysTheSame() throws Unusable {
    var turns = new java.util.ArrayList<String>();
    for (int turn = 0; turn < 4; turn++) {
      call(invite, "ds_select_dst", "1", "4");
      turns.add(Made.read(invite, "$du"));
    }
    assertEquals(List.of(A, B, C, A), turns);
    call(invite, "ds_select_dst", "1", "0");
    call(ok, "ds_select_dst", "1", "0");
    assertEquals(Made.read(invite, "$du"), Made.read(ok, "$du"), "of one Call-ID");
    assertEquals(1, call(invite, "ds_select_dst", "1", "6"));
    assertTrue(List.of(A, B, C).contains(Made.read(invite, "$du")));
  }

  @Test
  void aRelayWithoutADestinationIsFalse() throws Unusable {
    assertEquals(-1, call(invite, "hep_relay"));
    assertEquals(-1, call(world.run(), "hep_relay", A));
    Made.place("$du").write(invite, Value.of("nonsense"));
    assertEquals(-1, call(invite, "hep_relay"));
  }

  @Test
  void destinationsAreKnownByTheirAddress() throws Unusable {
    assertEquals(1, call(invite, "ds_is_in_list", "10.0.0.1", "9060", "1"));
    assertEquals(1, call(invite, "ds_is_in_list", "10.0.0.1", "0"));
    assertEquals(-1, call(invite, "ds_is_in_list", "10.0.0.1", "906"));
    assertEquals(-1, call(invite, "ds_is_in_list", "10.0.0.9", "9060", "1"));
  }

  @Test
  void setsAreNamedInBothEras() throws Unusable {
    assertEquals(1, call(invite, "ds_select_dst", "default : 1", "8", "f M 2"));
    assertEquals(A, Made.read(invite, "$du"));
    assertEquals(1, call(invite, "ds_next_dst"));
    assertEquals(-1, call(invite, "ds_next_dst"), "2.x has the most results behind the flags");
    assertEquals(-1, call(invite, "ds_select_dst", "other:1", "8"));
    assertEquals(-1, call(invite, "ds_select_dst", "1", "8", "", "other"));
    assertEquals(-1, call(invite, "ds_select_dst", "7", "8"), "a set that is not there");
    assertEquals(1, call(invite, "ds_select_dst", "7, 1", "8", "", "default"));
    assertEquals(-1, call(invite, "ds_is_in_list", "10.0.0.1", "9060", "1", "other"));
    assertEquals(1, call(invite, "ds_is_in_list", "10.0.0.1", "9060", "1", "1"));
    assertEquals(1, call(invite, "ds_is_in_list", "10.0.0.1", "9060", "1", "default", "1"));
  }

  @Test
  void destinationsOfAStateAreCounted() throws Unusable {
    assertEquals(1, call(invite, "ds_select_dst", "1", "8"));
    assertEquals(1, call(invite, "ds_mark_dst", "default", "p"));
    assertEquals(1, call(invite, "ds_count", "1", "a", "$var(n)"));
    assertEquals("2", Made.read(invite, "$var(n)"));
    assertEquals(1, call(invite, "ds_count", "1", "aIP", "$var(n)"));
    assertEquals("3", Made.read(invite, "$var(n)"));
  }
}
