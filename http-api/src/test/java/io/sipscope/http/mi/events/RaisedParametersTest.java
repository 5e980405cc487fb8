package io.sipscope.http.mi.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sipscope.persistence.events.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RaisedParametersTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static RaisedParameters read(String json) throws Exception {
    return RaisedParameters.read("E_X", JSON.readTree(json));
  }

  @Test
  void parametersOfAnArrayAreTexts() throws Exception {
    assertEquals(
        new RaisedParameters.Fit(Event.of("E_X").with("", "a").with("", "2")), read("[\"a\", 2]"));
    assertEquals(new RaisedParameters.Fit(Event.of("E_X")), read("[]"));
  }

  @Test
  void anObjectInATextGivesThemNames() throws Exception {
    assertEquals(
        new RaisedParameters.Fit(
            Event.of("E_X")
                .with("k", "v w")
                .with("n", 5)
                .with("big", 2_147_483_647)
                .with("o", "{\"x\":1}")
                .with("b", "true")),
        read(
            JSON.writeValueAsString(
                "{\"k\":\"v w\",\"n\":5.7,\"big\":9999999999,\"o\":{\"x\":1},\"b\":true} more")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"k":"v"}   | No Params
          true        | No Params
          null        | No Params
          "no json"   | Bad Params
          "[1]"       | Bad Params
          ""          | Bad Params
          5           | Bad Params
          [["nested"]] | Bad Params
          """)
  void othersAreRefusedAsOpensipsRefusesThem(String json, String why) throws Exception {
    assertEquals(new RaisedParameters.Unfit(why), read(json));
  }
}
