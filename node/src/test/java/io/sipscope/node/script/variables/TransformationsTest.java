package io.sipscope.node.script.variables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.script.value.Value;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransformationsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          s.len                  | abc                        | 3
          s.int                  | 12ab                       | 12
          s.int                  | ab                         | 0
          s.int                  | -7                         | -7
          s.substr,1,2           | abcdef                     | bc
          s.substr,2,0           | abcdef                     | cdef
          s.substr,-2,0          | abcdef                     | ef
          s.substr,9,1           | abcdef                     | <null>
          s.substr,1,99          | abc                        | bc
          s.select,1,/           | a/b/c                      | b
          s.select,-1,/          | a/b/c                      | c
          s.index,c              | abc                        | 2
          s.index,z              | abc                        | -1
          s.tolower              | AbC                        | abc
          s.toupper              | AbC                        | ABC
          uri.user               | sip:bob@x:5070;a=b         | bob
          uri.host               | sip:bob@x:5070;a=b         | x
          uri.port               | sip:bob@x:5070;a=b         | 5070
          uri.param,a            | sip:bob@x:5070;a=b         | b
          uri.param,c            | sip:bob@x:5070;a=b         | <null>
          param.value,b          | a=1;b=2                    | 2
          param.value,c          | a=1;b=2                    | <null>
          param.exist,a          | a=1;b=2                    | 1
          nameaddr.uri           | Bob <sip:b@x>;tag=1        | sip:b@x
          nameaddr.name          | Bob <sip:b@x>;tag=1        | Bob
          """)
  void aValueIsMadeAnother(String text, String value, String expected) {
    var parts = Arrays.asList(text.split(",", -1));
    var arguments = parts.stream().skip(1).map(Value::of).toList();
    var made = Transformations.all().get(parts.getFirst()).of(Value.of(value), arguments);
    assertEquals(expected, made.asText());
  }

  @Test
  void nullStaysNullAndArgumentsThatLackDoNoHarm() {
    Transformations.all()
        .forEach(
            (name, transformation) -> {
              assertTrue(transformation.of(Value.Missing.NULL, List.of()).isNull(), name);
              assertNotNull(transformation.of(Value.of(""), List.of()).asText(), name);
            });
  }
}
