package io.sipscope.node.script.variables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sipscope.node.script.Made;
import io.sipscope.node.script.TestWorld;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.ScriptFailure;
import io.sipscope.node.script.value.Value;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariablesTest {
  private static final String INVITE =
      """
      INVITE sip:bob@example.com:5080;transport=tcp SIP/2.0
      Via: SIP/2.0/TCP 10.0.0.9;branch=z9hG4bKtop, SIP/2.0/UDP 10.0.0.8;branch=z9hG4bKtwo
      v: SIP/2.0/UDP 10.0.0.7;branch=z9hG4bKthree
      From: "Alice \\"A\\" <x>" <sip:alice@atlanta.example.com>;tag=from1
      t: Bob <sips:bob@biloxi.example.com:5061>
      Call-ID: abc@host
      CSeq: 42 INVITE
      Contact: "A" <sip:alice@10.0.0.1:5062>;q=0.7;expires=60, <sip:other@10.0.0.2>
      User-Agent: softphone/1
      Authorization: Digest username="alice@realm", realm="realm, inc", uri="sip:x"
      X-Empty:
      Refer-To: <sip:carol@chicago.example.com>
      Content-Type: application/sdp
      Content-Length: 97

      v=0
      c=IN IP4 192.0.2.1
      m=audio 4000 RTP/AVP 0 8
      a=sendonly
      m=video 4002 RTP/AVP 31
      """;

  private static final String OK =
      """
      SIP/2.0 200 All is well
      Via: SIP/2.0/UDP 10.0.0.9;branch=z9hG4bKtop
      From: <sip:alice@atlanta.example.com>;tag=from1
      To: sip:bob@biloxi.example.com;tag=to1
      Call-ID: abc@host
      CSeq: 42 INVITE
      Content-Length: 0

      """;

  private final TestWorld world = new TestWorld();
  private final Run invite = world.run(TestWorld.subject(INVITE));
  private final Run ok = world.run(TestWorld.subject(OK));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          $rm                       | INVITE
          $ru                       | sip:bob@example.com:5080;transport=tcp
          $rU                       | bob
          $rd                       | example.com
          $rp                       | 5080
          $rP                       | tcp
          $rs                       | <null>
          $rr                       | <null>
          $rt                       | sip:carol@chicago.example.com
          $fu                       | sip:alice@atlanta.example.com
          $fU                       | alice
          $fd                       | atlanta.example.com
          $ft                       | from1
          $tu                       | sips:bob@biloxi.example.com:5061
          $tU                       | bob
          $td                       | biloxi.example.com
          $tn                       | Bob
          $tt                       | <null>
          $ci                       | abc@host
          $cs                       | 42
          $cT                       | application/sdp
          $cl                       | 97
          $ua                       | softphone/1
          $aU                       | alice@realm
          $au                       | alice
          $branch                   | z9hG4bKtop
          $hdr(via)                 | SIP/2.0/TCP 10.0.0.9;branch=z9hG4bKtop, SIP/2.0/UDP 10.0.0.8;branch=z9hG4bKtwo
          $(hdr(Via)[1])            | SIP/2.0/UDP 10.0.0.7;branch=z9hG4bKthree
          $(hdr(V)[-1])             | SIP/2.0/UDP 10.0.0.7;branch=z9hG4bKthree
          $(hdr(Via)[2])            | <null>
          $(hdr(Via)[x])            | <null>
          $hdrcnt(VIA)              | 2
          $hdr(X-Missing)           | <null>
          $hdrcnt(X-Missing)        | 0
          $hdr(User-Agent)          | softphone/1
          $ct.fields(uri)           | sip:alice@10.0.0.1:5062
          $(ct.fields(user)[1])     | other
          $ct.fields(q)             | 0.7
          $ct.fields(received)      | <null>
          $contact(expires)         | 60
          $(ct[1])                  | <sip:other@10.0.0.2>
          $sdp(media)               | audio
          $(sdp(port)[1])           | 4002
          $(sdp(media)[*])          | audio,video
          $sdp(address)             | 192.0.2.1
          $sdp(codecs)              | PCMU/8000,PCMA/8000
          $sdp(direction)           | sendonly
          $sdp(count)               | 2
          $sdp.line(m=video)        | m=video 4002 RTP/AVP 31
          $sdp.line(b=)             | <null>
          $si                       | 10.0.0.1
          $sp                       | 5060
          $Ri                       | 2001:db8::2
          $Rp                       | 5070
          $proto                    | tcp
          $pr                       | tcp
          $agent                    | edge
          $agent_id                 | 2001
          $source_kind              | hep
          $trunk                    | carrier
          $key                      | key-1
          $capture(source)          | 10.0.0.1:5060
          $capture(destination)     | [2001:db8::2]:5070
          $capture(transport)       | tcp
          $capture(correlation)     | correlated
          $capture(time)            | 2026-11-21T20:15:04.123456789Z
          $Ts                       | 1795292104
          $Tsm                      | 123456
          $time(%%Y=%Y)             | %Y=2026
          $time(%s %q)              | 1795292104 %q
          $var(nothing)             | <null>
          $shv(nothing)             | <null>
          $stat(nothing)            | <null>
          $json(nothing)            | <null>
          $avp(nothing)             | <null>
          $param(1)                 | <null>
          $du                       | <null>
          $rc                       | 1
          """)
  void variablesOfARequest(String variable, String expected) throws Unusable {
    assertEquals(expected, Made.read(invite, variable));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          $rm     | INVITE
          $ru     | <null>
          $rU     | <null>
          $rd     | <null>
          $rp     | <null>
          $rs     | 200
          $rr     | All is well
          $tt     | to1
          $tu     | sip:bob@biloxi.example.com
          $fn     | <null>
          $tn     | <null>
          $ua     | <null>
          $rb     | <null>
          $sdp    | <null>
          $ct     | <null>
          $cl     | 0
          $aU     | <null>
          """)
  void variablesOfAReply(String variable, String expected) throws Unusable {
    assertEquals(expected, Made.read(ok, variable));
  }

  @Test
  void aDisplayNameKeepsItsQuotesAndARealmItsComma() throws Unusable {
    assertEquals("\"Alice \\\"A\\\" <x>\"", Made.read(invite, "$fn"));
    assertEquals("realm, inc", Made.read(invite, "$ar"));
  }

  @Test
  void theMessageIsThereAsItWas() throws Unusable {
    var wire = INVITE.replace("\n", "\r\n");
    assertEquals(wire, Made.read(invite, "$mb"));
    assertEquals(Integer.toString(wire.length()), Made.read(invite, "$ml"));
  }

  @Test
  void aUriWithoutPortAndTransportHasTheUsualOnes() throws Unusable {
    var run = world.run(TestWorld.subject("OPTIONS sip:[::1] SIP/2.0\n\n"));
    assertEquals("5060", Made.read(run, "$rp"));
    assertEquals("udp", Made.read(run, "$rP"));
    assertEquals("[::1]", Made.read(run, "$rd"));
    assertEquals("<null>", Made.read(run, "$rU"));
  }

  @Test
  void withoutAMessageWhatIsOfAMessageIsNull() throws Unusable {
    for (var name : new String[] {"$rm", "$si", "$hdr(Via)", "$ct", "$sdp(media)", "$trunk"}) {
      assertEquals("<null>", Made.read(world.run(), name), name);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$hdr()",
        "$ct.fields(nose)",
        "$sdp(nose)",
        "$capture(nose)",
        "$var()",
        "$json(a[x])",
        "$json(a[1)",
        "$json(/a)"
      })
  void whatMakesNoSenseIsSaidAtTheLoad(String variable) {
    assertThrows(Unusable.class, () -> Made.variable(variable));
  }

  @Test
  void aVariableLivesForARunAndASharedOneForAll() throws Unusable {
    Made.place("$var(a)").write(invite, Value.of(1));
    Made.place("$shv(a)").write(invite, Value.of(2));
    assertEquals("1", Made.read(invite, "$var(a)"));
    assertEquals("<null>", Made.read(ok, "$var(a)"));
    assertEquals("2", Made.read(ok, "$shv(a)"));
    Made.place("$shv(a)").write(ok, Value.Missing.NULL);
    assertEquals("<null>", Made.read(invite, "$shv(a)"));
  }

  @Test
  void anyAssignmentResetsAStatistic() throws Unusable {
    world.statistics.put("dialogs", 7L);
    assertEquals("7", Made.read(invite, "$stat(dialogs)"));
    Made.place("$stat(dialogs)").write(invite, Value.of(5));
    assertEquals("0", Made.read(invite, "$stat(dialogs)"));
  }

  @Test
  void parametersAreByPlaceAndByName() throws Unusable {
    ok.parameters(java.util.List.of(Value.of("first"), Value.of(2)));
    ok.eventParameters(java.util.Map.of("source", Value.of("dns")));
    assertEquals("first", Made.read(ok, "$param(1)"));
    assertEquals("2", Made.read(ok, "$param(2)"));
    assertEquals("<null>", Made.read(ok, "$param(3)"));
    assertEquals("<null>", Made.read(ok, "$param(0)"));
    assertEquals("dns", Made.read(ok, "$param(source)"));
  }

  @Test
  void anAvpHasSeveralValuesTheLastOneFirst() throws Unusable {
    Made.place("$avp(a)").write(ok, Value.of("one"));
    Made.place("$avp(a)").write(ok, Value.of("two"));
    assertEquals("two", Made.read(ok, "$avp(a)"));
    assertEquals("one", Made.read(ok, "$(avp(a)[1])"));
    Made.place("$avp(a)").write(ok, Value.Missing.NULL);
    assertEquals("one", Made.read(ok, "$avp(a)"), "null takes the last one away");
    Made.place("$avp(a)").write(ok, Value.Missing.NULL);
    Made.place("$avp(a)").write(ok, Value.Missing.NULL);
    assertEquals("<null>", Made.read(ok, "$avp(a)"));
  }

  @Test
  void theValuesOfAnAvpAreReplacedAndTakenAwayOneByOneOrAtOnce() throws Unusable {
    for (var value : List.of("one", "two", "three")) {
      Made.place("$avp(a)").write(ok, Value.of(value));
    }
    Made.place("$(avp(a)[1])").write(ok, Value.of("2"));
    assertEquals("three,2,one", Made.read(ok, "$(avp(a)[*])"));
    Made.place("$(avp(a)[-1])").write(ok, Value.Missing.NULL);
    Made.place("$(avp(a)[7])").write(ok, Value.Missing.NULL);
    assertEquals("three,2", Made.read(ok, "$(avp(a)[*])"));
    var none = Made.place("$(avp(a)[2])");
    assertThrows(ScriptFailure.class, () -> none.write(ok, Value.of("x")));
    Made.place("$avp(a)").parse(ok, Value.of("only"));
    assertEquals("only", Made.read(ok, "$(avp(a)[*])"));
    Made.place("$avp(a)").write(ok, Value.of("more"));
    Made.place("$avp(a)").parse(ok, Value.Missing.NULL);
    assertEquals("<null>", Made.read(ok, "$avp(a)"));
    Made.place("$avp(a)").write(ok, Value.of("again"));
    Made.place("$(avp(a)[*])").write(ok, Value.Missing.NULL);
    assertEquals("<null>", Made.read(ok, "$avp(a)"));
  }

  @Test
  void aDocumentIsReadPutTogetherAndTakenApart() throws Unusable {
    Made.place("$json(all)").parse(ok, Value.of("{\"method\": {}, \"list\": [1, \"a\", null]}"));
    Made.place("$json(all/method/INVITE)").write(ok, Value.of(3));
    Made.place("$json(all/list[])").write(ok, Value.of("q\"\n\u0001"));
    Made.place("$json(all/list[0])").parse(ok, Value.of("{\"deep\": [true]}"));
    assertEquals(
        "{\"method\":{\"INVITE\":3},\"list\":[{\"deep\":[true]},\"a\",null,\"q\\\"\\n\\u0001\"]}",
        Made.read(ok, "$json(all)"));
    assertEquals("3", Made.read(ok, "$json(all/method/INVITE)"));
    assertEquals("a", Made.read(ok, "$json(all/list[1])"));
    assertEquals("true", Made.read(ok, "$json(all/list[0]/deep[-1])"));
    assertEquals("<null>", Made.read(ok, "$json(all/list[2])"));
    assertEquals("<null>", Made.read(ok, "$json(all/none/at/all)"));
    Made.place("$json(all/list)").write(ok, Value.Missing.NULL);
    assertEquals("{\"method\":{\"INVITE\":3}}", Made.read(ok, "$json(all)"));
    Made.place("$json(all)").write(ok, Value.Missing.NULL);
    assertEquals("<null>", Made.read(ok, "$json(all)"));
  }

  @Test
  void takingAwayWhatIsNowhereChangesNothing() throws Unusable {
    Made.place("$json(a)").parse(ok, Value.of("{\"k\":1}"));
    Made.place("$json(a/x/k)").write(ok, Value.Missing.NULL);
    assertEquals("{\"k\":1}", Made.read(ok, "$json(a)"));
  }

  @Test
  void whatIsNoJsonAndAPathToNowhereFailTheRun() throws Unusable {
    var all = Made.place("$json(all)");
    var inNothing = Made.place("$json(none/a)");
    var nowhere = Made.place("$json(all/x/y)");
    assertThrows(ScriptFailure.class, () -> all.parse(ok, Value.of("{\"method\": ")));
    assertThrows(ScriptFailure.class, () -> inNothing.write(ok, Value.of(1)));
    all.parse(ok, Value.of("{}"));
    assertThrows(ScriptFailure.class, () -> nowhere.write(ok, Value.of(1)));
  }

  @Test
  void aStatisticsNameMayHaveAUriInIt() {
    assertEquals("load_sip_10.0.0.1_9060", StatisticText.of("load_sip:10.0.0.1:9060"));
    assertEquals("relay:sips_a_1", StatisticText.of("relay:sips:a:1"));
    assertEquals("sip:requests", StatisticText.of("sip:requests"));
    assertEquals("method:BYE", StatisticText.of("method:BYE"));
  }
}
