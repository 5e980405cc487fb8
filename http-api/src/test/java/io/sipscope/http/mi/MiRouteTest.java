package io.sipscope.http.mi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sipscope.http.json.Json;
import io.sipscope.persistence.statistics.StatisticName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
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
    var command = MiCommand.of(method, params == null ? null : JSON.readTree(params));
    assertEquals(new MiCommand.BadParams(why), command);
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
    assertEquals(
        new MiCommand.GetStatistics(List.of("all")), MiCommand.of(method, JSON.readTree(params)));
  }

  @Test
  void methodsAreCaseSensitiveAndTextIsNoParameters() throws Exception {
    assertEquals(new MiCommand.Unknown(), MiCommand.of("Version", null));
    assertEquals(new MiCommand.BadRequest(), MiCommand.of("version", JSON.readTree("\"x\"")));
    assertEquals(new MiCommand.Version(), MiCommand.of("version", JSON.readTree("[]")));
  }

  @Test
  void anAnswerHasTheMembersOfOpensipsInTheirOrder() throws Exception {
    assertEquals(
        "{\"jsonrpc\":\"2.0\",\"result\":\"OK\",\"id\":\"abc-1\"}",
        text(MiReply.result("OK", JSON.readTree("\"abc-1\""))));
    assertEquals(
        "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32700,\"message\":\"Parse error\"},\"id\":null}",
        text(MiReply.failure(MiReply.PARSE_ERROR, null)));
    assertEquals(
        "{\"jsonrpc\":\"2.0\",\"result\":\"OK\",\"id\":2147483647}",
        text(MiReply.result("OK", JSON.readTree("9999999999"))));
  }

  @Test
  void statisticsArePickedInTheOrderAskedFor() {
    var values = new TreeMap<StatisticName, Long>();
    values.put(new StatisticName("core", "rcv_requests"), 1L);
    values.put(new StatisticName("ingest", "received"), 2L);
    values.put(new StatisticName("ingest", "persisted"), 3L);
    var picked = StatisticsReply.pick(values, List.of("INGEST:", "nothing", "RCV_requests"));
    assertEquals(
        List.of("ingest:persisted", "ingest:received", "core:rcv_requests"),
        List.copyOf(picked.keySet()));
    assertEquals(3, StatisticsReply.pick(values, List.of("all")).size());
    assertEquals(0, StatisticsReply.pick(values, List.of("ingest:received", "ALL")).size());
  }

  private static String text(MiReply reply) {
    return new String(Json.bytes(reply), StandardCharsets.UTF_8);
  }
}
