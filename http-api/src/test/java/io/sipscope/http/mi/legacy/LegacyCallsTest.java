package io.sipscope.http.mi.legacy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sipscope.http.mi.MiCommand;
import io.sipscope.http.mi.MiLegacy;
import io.sipscope.http.mi.MiOutcome;
import io.sipscope.http.mi.MiParameter;
import io.sipscope.http.mi.MiRecipe;
import io.sipscope.http.mi.MiRegistry;
import io.sipscope.http.mi.MiTree;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LegacyCallsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static MiLegacy.Reply reply(String json) throws Exception {
    var outcome = new MiOutcome.Value(JSON.readTree(json));
    var command = MiCommand.of("x", "core:x", "", new MiRecipe(List.of(), _ -> outcome.now()));
    return called(command);
  }

  private static MiLegacy.Reply called(MiCommand command, String... texts) {
    return new LegacyCalls(new MiRegistry(List.of(command)))
        .call(command.name(), List.of(texts))
        .orElseThrow()
        .toCompletableFuture()
        .join();
  }

  /// What 3.x answers, what 2.x answers as JSON, and as text with `~` for a line's end.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "OK" | `` | 200 OK~~
          {"WD":"/tmp"} | {"WD": "\\/tmp"} | 200 OK~WD:: /tmp~~
          {"a:b":0,"c":1} | {"a:b": "0", "c": "1"} | 200 OK~a:b:: 0~c:: 1~~
          ["x","y"] | {"": [{"value":"x"}, {"value":"y"}]} | 200 OK~x~y~~
          {"P":[{"I":0,"T":"a"},{"I":1,"T":"b"}]} | {"P": [{"attributes":{"I": "0", "T": "a"}}, {"attributes":{"I": "1", "T": "b"}}]} | 200 OK~P::  I=0 T=a~P::  I=1 T=b~~
          {"P":[]} | `` | 200 OK~~
          {"a":"x","P":[{"i":1}]} | {"a": "x", "P": {"children":{"": [{"attributes":{"i": "1"}}]}}} | 200 OK~a:: x~P:: ~\t i=1~~
          """)
  void whatSaysNothingOfTwoIsTranslated(String three, String json, String text) throws Exception {
    var reply = reply(three);
    assertEquals(json, TreeJson.of(reply));
    assertEquals(text, TreeText.of(reply).replace('\n', '~'));
  }

  @Test
  void aNodeMayHaveAValueAttributesAndChildren() {
    var subscriber =
        MiTree.leaf("Subscriber", "").with("socket", "udp:127.0.0.1:1").with("expire", "60");
    var event = new MiTree("Event", "E_X", Map.of("id", "10"), List.of(subscriber), true);
    var reply = new MiLegacy.Reply.Tree(MiTree.array("", List.of(event)));
    assertEquals(
        "{\"Event\": [{\"value\":\"E_X\", \"attributes\":{\"id\": \"10\"}, \"children\":"
            + "{\"Subscriber\": [{\"attributes\":{\"socket\": \"udp:127.0.0.1:1\","
            + " \"expire\": \"60\"}}]}}]}",
        TreeJson.of(reply));
    assertEquals(
        "200 OK\nEvent:: E_X id=10\n\tSubscriber::  socket=udp:127.0.0.1:1 expire=60\n\n",
        TreeText.of(reply));
    assertEquals(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <response>
        <node name="Event">E_X<attribute name="id">10</attribute><node name="Subscriber">\
        <attribute name="socket">udp:127.0.0.1:1</attribute><attribute name="expire">60\
        </attribute></node>
        </node>
        </response>
        """,
        TreeXml.of(reply));
  }

  @Test
  void aNameMayComeTwice() {
    var tid = MiTree.leaf("tid", "").with("type", "HEP");
    var root = MiTree.root(List.of(MiTree.leaf("global", "on"), tid, tid));
    assertEquals(
        "{\"global\": \"on\", \"tid\": {\"attributes\":{\"type\": \"HEP\"}}, \"tid\":"
            + " {\"attributes\":{\"type\": \"HEP\"}}}",
        TreeJson.of(new MiLegacy.Reply.Tree(root)));
  }

  @Test
  void aListTakesAllTheTextsThatAreLeft() {
    var command =
        MiCommand.of(
                "x",
                "core:x",
                "",
                new MiRecipe(
                    List.of(MiParameter.text("a"), MiParameter.array("b")),
                    given -> MiOutcome.of(given.text("a") + given.texts("b")).now()))
            .onlyNamed();
    assertEquals("{\"\": \"1[2, 3]\"}", TreeJson.of(called(command, "1", "2", "3")));
    assertEquals(
        new MiLegacy.Reply.Fault(400, "Too few or too many arguments"), called(command, "1"));
  }

  @Test
  void aTextWithLineBreaksIsQuoted() {
    var leaf = MiTree.leaf("sdp", "v=0\n\"x\"");
    assertEquals(
        "200 OK\nsdp:: \"v=0\n\\\"x\\\"\"\n\n",
        TreeText.of(new MiLegacy.Reply.Tree(MiTree.root(List.of(leaf)))));
  }
}
