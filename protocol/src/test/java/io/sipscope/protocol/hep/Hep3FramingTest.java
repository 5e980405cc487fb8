package io.sipscope.protocol.hep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.hep.Hep3Framing.Frame;
import io.sipscope.protocol.hep.Hep3Framing.Malformed;
import io.sipscope.protocol.hep.Hep3Framing.NeedMore;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class Hep3FramingTest {

  @Test
  void whatIsEncodedIsDecodedAgain() {
    var random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      var packet = Fixtures.anyPacket(random);
      assertEquals(packet, HepDecoder.decode(Hep3Encoder.encode(packet)));
    }
  }

  @Test
  void aPayloadLargerThanAFrameIsCompressed() {
    var packet = Fixtures.anyPacket(new Random(2));
    var large = Fixtures.withPayload(packet, Bytes.of("x".repeat(100_000)));
    assertEquals(large, HepDecoder.decodeFrame(Hep3Encoder.encode(large)));
    var noise = new byte[100_000];
    new Random(3).nextBytes(noise);
    var hopeless = Fixtures.withPayload(packet, Bytes.of(noise));
    assertThrows(IllegalArgumentException.class, () -> Hep3Encoder.encode(hopeless));
  }

  @Test
  void framesComeOutWholeWhereverTheStreamIsSplit() {
    var random = new Random(4);
    var wanted = new ArrayList<Bytes>();
    var stream = new ByteArrayOutputStream();
    for (int i = 0; i < 50; i++) {
      wanted.add(Hep3Encoder.encode(Fixtures.anyPacket(random)));
      stream.writeBytes(wanted.getLast().toArray());
    }
    wanted.add(Fixtures.hep3(List.of()));
    stream.writeBytes(wanted.getLast().toArray());
    var whole = Bytes.of(stream.toByteArray());
    for (int round = 0; round < 200; round++) {
      var framing = new Hep3Framing();
      var frames = new ArrayList<Bytes>();
      for (int at = 0; at < whole.length(); ) {
        int to = Math.min(whole.length(), at + 1 + random.nextInt(1 + random.nextInt(2_000)));
        framing.push(whole.slice(at, to));
        at = to;
        while (random.nextInt(5) > 0 && framing.next() instanceof Frame(var frame)) {
          frames.add(frame);
        }
      }
      while (framing.next() instanceof Frame(var frame)) {
        frames.add(frame);
      }
      assertEquals(wanted, frames);
      assertInstanceOf(NeedMore.class, framing.next());
    }
  }

  @Test
  void theFirstWrongByteEndsTheStream() {
    for (var wrong : List.of("G", "HEX", "HEP2\0\6", "HEP3\0\5")) {
      for (int split = 0; split <= wrong.length(); split++) {
        var framing = new Hep3Framing();
        var good = Fixtures.usualAnd();
        framing.push(good);
        assertInstanceOf(Frame.class, framing.next());
        var bytes = Bytes.of(wrong);
        framing.push(bytes.slice(0, split));
        framing.next();
        framing.push(bytes.from(split));
        var malformed = assertInstanceOf(Malformed.class, framing.next(), wrong);
        assertEquals(good.length(), malformed.offset());
        framing.push(good);
        assertEquals(malformed, framing.next());
      }
    }
  }

  @Test
  void aLargeFrameMayComeByteByByte() {
    var frame =
        Hep3Encoder.encode(
            Fixtures.withPayload(Fixtures.anyPacket(new Random(5)), Bytes.of("x".repeat(65_000))));
    assertEquals(List.of(frame), Streams.frames(frame, 1));
  }
}
