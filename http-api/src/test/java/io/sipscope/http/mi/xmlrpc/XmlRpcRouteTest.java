package io.sipscope.http.mi.xmlrpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.http.mi.MiCommand;
import io.sipscope.http.mi.MiOutcome;
import io.sipscope.http.mi.MiParameter;
import io.sipscope.http.mi.MiRecipe;
import io.sipscope.http.mi.MiRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XmlRpcRouteTest {
  private static final XmlRpcRoute ROUTE =
      new XmlRpcRoute(
          new MiRegistry(
              List.of(
                  MiCommand.of(
                      "get_statistics",
                      "statistics:get",
                      "",
                      new MiRecipe(
                          List.of(MiParameter.array("statistics")),
                          given ->
                              given.texts("statistics").contains("nope")
                                  ? new MiOutcome.Fault(404, "Statistics Not Found").now()
                                  : MiOutcome.of(given.texts("statistics")).now())),
                  MiCommand.of(
                      "echo",
                      "core:echo",
                      "",
                      new MiRecipe(
                          List.of(MiParameter.any("a")), given -> of(given.json("a")).now())))));

  private static MiOutcome of(Object json) {
    return MiOutcome.of(json);
  }

  private static String answer(String xml) {
    return ROUTE.answer(xml.getBytes(StandardCharsets.UTF_8)).toCompletableFuture().join();
  }

  private static String call(String method, String params) {
    return answer(
        "<?xml version=\"1.0\"?><methodCall><methodName>"
            + method
            + "</methodName><params>"
            + params
            + "</params></methodCall>");
  }

  private static String param(String value) {
    return "<param><value>" + value + "</value></param>";
  }

  private static String answered(String value) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<methodResponse>\r\n<params><param>\r\n"
        + value
        + "</param></params>\r\n</methodResponse>\r\n";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          <int>7</int>                      | <int>7</int>
          <i8>70000000000</i8>              | <i8>70000000000</i8>
          a &amp; b                         | <string>a &amp; b</string>
          <string>x</string>                | <string>x</string>
          <boolean>1</boolean>              | <boolean>1</boolean>
          <nil/>                            | <nil/>
          <array><data><value>x</value></data></array> | <array><data><value><string>x</string></value></data></array>
          """)
  void typesComeBackAsTheyWent(String sent, String back) {
    assertEquals(answered("<value>" + back + "</value>"), call("echo", param(sent)));
  }

  @Test
  void oneStructureIsNamedParameters() {
    var list = "<array><data><value>core:</value></data></array>";
    var named =
        "<struct><member><name>statistics</name><value>" + list + "</value></member></struct>";
    var expected =
        "<value><array><data><value><string>core:</string></value></data></array></value>";
    assertEquals(answered(expected), call("get_statistics", param(named)));
    assertEquals(answered(expected), call("get_statistics", param(list)));
  }

  @Test
  void plainTextsAreTheParametersOfTwo() {
    assertTrue(
        call("get_statistics", param("<string>nope</string>"))
            .contains("<value><int>404</int></value>"));
    assertEquals(
        answered(
            "<value><struct><member><name></name><value><array><data><value><struct><member>"
                + "<name>value</name><value>core:</value></member></struct></value></data></array>"
                + "</value></member></struct></value>"),
        call("get_statistics", param("<string>core:</string>")));
  }

  @Test
  void aFaultHasTheLinesOfOpensips() {
    assertEquals(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <methodResponse>
        <fault><value>
        <struct>
        <member>
        <name>faultCode</name>
        <value><int>-32601</int></value>
        </member>
        <member>
        <name>faultString</name>
        <value><string>Method not found</string></value>
        </member>
        </struct>
        </value>
        </fault>
        </methodResponse>
        """
            .replace("\n", "\r\n"),
        call("no_such", ""));
  }

  @Test
  void aDocumentTypeIsRefusedAndNoFileRead() {
    var answer =
        answer(
            "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><methodCall><methodName>echo"
                + "</methodName><params>"
                + param("&e;")
                + "</params></methodCall>");
    assertTrue(answer.contains("-32700"), answer);
    assertFalse(answer.contains("root:"), answer);
  }

  @Test
  void anyBytesAreAnswered() {
    var good =
        "<methodCall><methodName>echo</methodName><params>"
            + param("<struct><member><name>a</name><value><int>1</int></value></member></struct>")
            + "</params></methodCall>";
    var random = new Random(5);
    for (int round = 0; round < 5_000; round++) {
      var bytes = good.getBytes(StandardCharsets.UTF_8);
      for (int flips = random.nextInt(1, 5); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      ROUTE.answer(bytes).toCompletableFuture().join();
    }
    var deep = "<array><data><value>".repeat(10_000);
    assertTrue(call("echo", param(deep)).contains("-32700"));
  }
}
