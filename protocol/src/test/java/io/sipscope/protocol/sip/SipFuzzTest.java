package io.sipscope.protocol.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.sdp.Sdp;
import io.sipscope.testing.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Bytes from outside never throw, whatever they are.
class SipFuzzTest {
  /// CI's fuzz step passes ten million.
  private static final long INPUTS = Long.getLong("sipscope.fuzz.inputs", 200_000);

  private static final byte[] TELLING =
      "\r\n \t;,<>\"\\:=@[]/\0tagSIP0129".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  /// The most text that is a whole number of times the bytes it was read from.
  private static final int MAX_REPLACEMENTS = 3;

  @Test
  void everyPrefixOfEveryMessageIsRead() throws IOException {
    for (var message : messages()) {
      for (int length = 0; length < message.length; length++) {
        readEverything(Bytes.of(message, 0, length));
      }
    }
  }

  @Test
  void mutationsAreRead() throws IOException {
    var messages = messages();
    var random = new Random(3261);
    for (long i = 0; i < INPUTS; i++) {
      var mutated = mutated(messages.get(random.nextInt(messages.size())), random);
      int from = random.nextInt(4) == 0 ? random.nextInt(mutated.length + 1) : 0;
      readEverything(Bytes.of(mutated, from, mutated.length - from));
    }
  }

  private static byte[] mutated(byte[] original, Random random) {
    var bytes = original.clone();
    for (int changes = random.nextInt(1, 8); changes > 0 && bytes.length > 0; changes--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] = TELLING[random.nextInt(TELLING.length)];
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        case 3 -> {
          int length = random.nextInt(Math.min(40, bytes.length - at) + 1);
          System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), bytes, at, length);
        }
        default -> {
          int length = random.nextInt(Math.min(20, bytes.length - at) + 1);
          Arrays.fill(bytes, at, at + length, TELLING[random.nextInt(TELLING.length)]);
        }
      }
    }
    return bytes;
  }

  private static void readEverything(Bytes bytes) {
    if (!(SipParser.parse(bytes) instanceof SipMessage message)) {
      return;
    }
    message.startLine();
    message.cseq();
    message.branch();
    message.contact();
    message.contentType();
    message.fromTag();
    message.toTag();
    message.hops();
    message.from();
    message.to();
    message.callId().key();
    message.defects();
    long text =
        message.headers().stream()
            .mapToLong(header -> header.name().length() + header.value().length())
            .sum();
    assertTrue(text <= (long) bytes.length() * MAX_REPLACEMENTS);
    assertTrue(message.headers("Via").size() <= Headers.MAX_LISTED);
    assertTrue(message.body().length() <= bytes.length());
    Sdp.of(message).ifPresent(sdp -> assertEquals(sdp.media(), List.copyOf(sdp.media())));
  }

  private static List<byte[]> messages() throws IOException {
    var messages = new ArrayList<byte[]>();
    Torture.all().forEach(torture -> messages.add(torture.bytes().toArray()));
    for (var file : Corpus.files("msg")) {
      if (!file.toString().endsWith(".json") && Files.size(file) < 8_192) {
        messages.add(Files.readAllBytes(file));
      }
    }
    return messages;
  }
}
