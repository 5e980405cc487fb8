package io.sipscope.http.mi.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -Dsipscope.postgres.password=hunter2           | -Dsipscope.postgres.password=***
          -Dsipscope.ami.password="two words"            | -Dsipscope.ami.password=***
          --api-key=abc                                  | --api-key=***
          -Durl=mysql://root:p@ss:w@db.example/opensips  | -Durl=mysql://root:***@db.example/opensips
          -Durl=jdbc:postgresql://h/d?user=a&password=b&ssl=true | -Durl=jdbc:postgresql://h/d?user=a&password=***&ssl=true
          -Dsipscope.http.port=8888                      | -Dsipscope.http.port=8888
          serve                                          | serve
          """)
  void secretsAreMasked(String word, String masked) {
    assertEquals(masked, CommandLine.masked(word));
  }

  @Test
  void theProcessKnowsHowItWasStarted() {
    assertTrue(CommandLine.masked().getFirst().endsWith("java"), CommandLine.masked()::toString);
  }
}
