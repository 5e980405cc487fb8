package io.sipscope.node.script.variables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.script.run.ScriptFailure;
import io.sipscope.node.script.value.Value;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
          nameaddr.param,tag     | Bob <sip:b@x;tag=0>;tag=1  | 1
          nameaddr.params        | Bob <sip:b@x>;tag=1;q=2    | tag=1;q=2
          s.numeric              | +1 (23) 4                  | 1234
          s.escape.user          | a b@c;d                    | a%20b%40c;d
          s.unescape.user        | a%20b%40c+d                | a b@c+d
          s.unescape.user        | a%2                        | <null>
          s.escape.param         | a b;c=/d                   | a%20b%3Bc%3D/d
          s.escape.common        | it's                       | it\\'s
          ip.matches,10.0.0.0/8  | 10.1.2.3                   | 1
          ip.matches,10.0.0.0/8  | 11.1.2.3                   | 0
          ip.pton                | nowhere                    | <null>
          s.reverse              | abc                        | cba
          s.md5                  | abc                        | 900150983cd24fb0d6963f7d28e17f72
          s.rindex,b             | abab                       | 3
          s.fill.left,0,5        | 42                         | 00042
          s.fill.right,-,4       | 42                         | 42--
          s.width,3              | abcdef                     | abc
          s.encode.hexa          | AZ                         | 415a
          s.decode.hexa          | 415a                       | AZ
          s.decode.hexa          | nose                       | <null>
          s.b64encode            | hello                      | aGVsbG8=
          s.b64decode            | aGVsbG8=                   | hello
          s.dec2hex              | 255                        | ff
          s.hex2dec              | ff                         | 255
          uri.schema             | sips:bob@x                 | sips
          uri.passwd             | sip:bob:pw@x               | pw
          uri.passwd             | sip:bob@x:5070             | <null>
          uri.transport          | sip:bob@x;transport=tcp    | tcp
          uri.transport          | sip:bob@x                  | udp
          uri.params             | sip:b@x;a=b;lr?h=v         | a=b;lr
          uri.headers            | sip:b@x;a=b?h=v            | h=v
          param.count            | a=1;b=2                    | 2
          param.name,1           | a=1;b=2                    | b
          param.valueat,-1       | a=1;b=2                    | 2
          csv.count              | a,"b,c",d                  | 3
          csv.value,1            | a,"b,c",d                  | "b,c"
          via.transport          | SIP/2.0/UDP h:5070;branch=z | UDP
          via.host               | SIP/2.0/UDP [::1]:5070;branch=z | [::1]
          via.port               | SIP/2.0/UDP h:5070;branch=z | 5070
          via.branch             | SIP/2.0/UDP h;branch=z     | z
          via.param,rport        | SIP/2.0/UDP h;rport        | ''
          ip.isip                | 10.0.0.1                   | 1
          ip.isip                | host                       | 0
          ip.matches,10.0.0.0/8  | 10.1.2.3                   | 1
          ip.matches,10.0.0.0/8  | 11.1.2.3                   | 0
          ip.matches,nose        | 11.1.2.3                   | 0
          ip.family              | [2001:db8::1]              | INET6
          re.subst,/a/b/         | banana                     | bbnana
          re.subst,/a/o/g        | banana                     | bonono
          re.subst,/A/o/gi       | banana                     | bonono
          re.subst,#^sip:([^@]+)@(.*)#\\2 \\1# | sip:bob@x   | x bob
          re.subst,/\\//:/g      | a/b/c                      | a:b:c
          re.subst,/a/$1/        | bab                        | b$1b
          re.subst,/(a{1,2})/x/  | baab                       | bxb
          """)
  void aValueIsMadeAnother(String text, String value, String expected) {
    var parts = Arrays.asList(text.split(",", -1));
    var arguments = parts.stream().skip(1).map(Value::of).toList();
    var made = Transformations.all().get(parts.getFirst()).of(Value.of(value), arguments);
    assertEquals(expected, made.asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a/b", "a", "/(/b/", "/a/\\1/", "/a/b/x"})
  void aSubstitutionThatIsNoneFails(String wrong) {
    var substitution = Transformations.all().get("re.subst");
    var given = List.of(Value.of(wrong));
    assertThrows(ScriptFailure.class, () -> substitution.of(Value.of("text"), given));
  }

  @Test
  void aPatternThatIsMeantToTakeForeverDoesNot() {
    var text = Value.of("a".repeat(20_000) + "!");
    var given = List.of(Value.of("/(a+)+$/x/"));
    assertEquals(text, Transformations.all().get("re.subst").of(text, given));
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
