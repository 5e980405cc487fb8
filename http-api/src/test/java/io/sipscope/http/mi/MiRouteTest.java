package io.sipscope.http.mi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sipscope.http.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MiRouteTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          get_statistics |                       | Too few or too many parameters
          get_statistics | []                    | Too few or too many parameters
          get_statistics | {"names":["all"]}     | Named parameters do not match
          get_statistics | {"statistics":"all"}  | Bad type for parameter 'statistics'
          get_statistics | ["rcv_requests","x:"] | Too few or too many parameters
          get_statistics | {"statistics":[]}     | Empty array in parameter 'statistics'
          uptime         | ["x"]                 | Too few or too many parameters
          """)
  void badParametersAreToldAsOpensipsTellsThem(String method, String params, String why)
      throws Exception {
    assertEquals(MiOutcome.invalidParams(why), run(method, params));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          get_statistics | [["all"]]
          statistics:get | {"statistics":["all"]}
          """)
  void parametersComeByPlaceOrByName(String method, String params) throws Exception {
    assertEquals(MiOutcome.of(List.of("all")), run(method, params));
  }

  private static final MiRegistry REGISTRY =
      new MiRegistry(
          List.of(
              MiCommand.of(
                  "get_statistics",
                  "statistics:get",
                  "",
                  new MiRecipe(
                      List.of(MiParameter.array("statistics")),
                      given -> MiOutcome.of(given.texts("statistics")).now())),
              MiCommand.of(
                  "uptime",
                  "core:uptime",
                  "",
                  new MiRecipe(List.of(), _ -> MiOutcome.ok().now()))));

  private static MiOutcome run(String method, String params) throws Exception {
    return switch (REGISTRY.named(method)) {
      case MiRegistry.Named.Known(var command) ->
          MiRegistry.run(command, params == null ? null : JSON.readTree(params))
              .toCompletableFuture()
              .join();
      default -> throw new AssertionError(method + " is unknown");
    };
  }

  @Test
  void anAnswerHasTheMembersOfOpensipsInTheirOrder() throws Exception {
    assertEquals(
        "{\"jsonrpc\":\"2.0\",\"result\":\"OK\",\"id\":\"abc-1\"}",
        text(MiReply.of(MiOutcome.ok(), JSON.readTree("\"abc-1\""))));
    assertEquals(
        "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32700,\"message\":\"Parse error\"},\"id\":null}",
        text(MiReply.failure(MiReply.PARSE_ERROR, null)));
    assertEquals(
        "{\"jsonrpc\":\"2.0\",\"result\":\"OK\",\"id\":2147483647}",
        text(MiReply.of(MiOutcome.ok(), JSON.readTree("9999999999"))));
  }

  private static String text(MiReply reply) {
    return new String(Json.bytes(reply), StandardCharsets.UTF_8);
  }
}
