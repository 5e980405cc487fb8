package io.sipscope.node.script.variables;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.node.script.TestWorld;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.Term;
import io.sipscope.node.script.value.Value;
import io.sipscope.node.script.variables.VariableKind.Argument;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import io.sipscope.protocol.Bytes;
import io.sipscope.testing.Corpus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever a message is, no variable throws.
class HostileVariablesTest {
  private static final List<String> INNER =
      List.of(
          "uri", "Via", "contact", "q", "media", "codecs", "source", "time", "1", "a/b[0]", "m=",
          "%Y");
  private static final List<String> INDICES = List.of("", "0", "-1", "*", "999999999999999999");
  private static final int ROUNDS = 2_000;

  private static final String MESSAGE =
      """
      INVITE sip:bob:pw@[2001:db8::1]:5080;transport=tcp?h=v SIP/2.0
      Via: SIP/2.0/UDP 10.0.0.9;branch=z9hG4bKtop
      From: "A" <sip:alice@atlanta.example.com>;tag=from1
      To: Bob <tel:+1234;phone-context=x>
      Call-ID: abc@host
      CSeq: 42 INVITE
      Contact: "A" <sip:alice@10.0.0.1:5062>;q=0.7, *
      Authorization: Digest username="alice@realm", realm="r"
      Content-Type: multipart/mixed;boundary=b

      --b
      Content-Type: application/sdp

      v=0
      m=audio 4000 RTP/AVP 0 8
      --b--
      """;

  /// Every variable with every inner text and index that it takes.
  private static List<Term> terms() {
    var terms = new ArrayList<Term>();
    for (var kind : Variables.all().values()) {
      for (var inner : INNER) {
        for (var index : INDICES) {
          add(terms, kind, new Argument(_ -> Value.of(inner), Optional.of(inner), at(index)));
          add(terms, kind, new Argument(_ -> Value.of(inner), Optional.empty(), at(index)));
        }
      }
    }
    return terms;
  }

  private static Term at(String index) {
    return _ -> index.isEmpty() ? Value.Missing.NULL : Value.of(index);
  }

  private static void add(List<Term> terms, VariableKind kind, Argument argument) {
    try {
      terms.add(kind.at(argument));
    } catch (Unusable e) {
      assertTrue(e.getMessage().length() > 5, kind.name());
    }
  }

  private static void readAll(List<Term> terms, Run run) {
    for (var term : terms) {
      assertNotNull(term.read(run).asText());
    }
  }

  @Test
  void noVariableThrowsOnAnyMessageOfTheCorpus() throws IOException {
    var terms = terms();
    var world = new TestWorld();
    for (var file : Corpus.files("msg")) {
      TestWorld.subject(Bytes.of(Files.readAllBytes(file)))
          .ifPresent(subject -> readAll(terms, world.run(subject)));
    }
  }

  @Test
  void noVariableThrowsOnAMessageThatWasBroken() {
    var terms = terms();
    var world = new TestWorld();
    var random = new Random(42);
    var sound = MESSAGE.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    int start = MESSAGE.indexOf('\n');
    int read = 0;
    for (int round = 0; round < ROUNDS; round++) {
      var bytes = sound.clone();
      for (int change = random.nextInt(20); change >= 0; change--) {
        int at = random.nextInt(round % 4 == 0 ? 0 : start, bytes.length);
        bytes[at] =
            (byte)
                (random.nextBoolean()
                    ? random.nextInt()
                    : ";:@<>[]\",=?\r\n".charAt(random.nextInt(13)));
      }
      int length = random.nextBoolean() ? bytes.length : random.nextInt(start, bytes.length);
      var subject = TestWorld.subject(Bytes.of(bytes, 0, length));
      if (subject.isPresent()) {
        readAll(terms, world.run(subject.get()));
        read++;
      }
    }
    assertTrue(read > ROUNDS / 2, read + " of " + ROUNDS + " were messages");
  }
}
