package io.sipscope.protocol.hep;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.hep.Hep.Malformed;
import io.sipscope.protocol.hep.Hep.Packet;
import io.sipscope.protocol.hep.Hep3Framing.Frame;
import io.sipscope.testing.Mutations;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Bytes from the network never throw, whatever they are.
final class HepFuzzTest {
  private static final String JSON = "{\"a\": [1], \"payload\": \"INVITE \\u00e9\\r\\n\"}";
  private static final String HEP2 =
      "02100211 13c413d0 c0000201 c6336407 80ab1f69 40e20100 d1070000";

  @Test
  void mutatedDatagramsAreValues() {
    var mutations = new Mutations(seeds(), new Random(2049));
    int packets = 0;
    int faults = 0;
    for (long i = 0; i < Mutations.INPUTS; i++) {
      switch (HepDecoder.decode(Bytes.of(mutations.next()))) {
        case Packet packet -> {
          assertTrue(packet.payload().length() <= HepDecoder.DATAGRAM_PAYLOAD_BYTES);
          packets++;
        }
        case Malformed fault -> {
          assertTrue(fault.offset() >= 0);
          faults++;
        }
      }
    }
    assertTrue(packets > 0 && faults > 0, packets + " packets, " + faults + " faults");
  }

  @Test
  void mutatedStreamsEndInFramesOrOneFault() {
    var stream = Hep3Encoder.encode(Fixtures.anyPacket(new Random(1))).toArray();
    var mutations = new Mutations(List.of(Mutations.joined(stream, stream, stream)), new Random(7));
    var random = new Random(8);
    for (long i = 0; i < Mutations.INPUTS; i++) {
      var bytes = Bytes.of(mutations.next());
      var framing = new Hep3Framing();
      int framed = 0;
      for (int at = 0; at < bytes.length(); ) {
        int to = Math.min(bytes.length(), at + 1 + random.nextInt(400));
        framing.push(bytes.slice(at, to));
        at = to;
        while (framing.next() instanceof Frame(var frame)) {
          framed += frame.length();
        }
      }
      assertTrue(framed <= bytes.length());
    }
  }

  private static List<byte[]> seeds() {
    var seeds = new ArrayList<byte[]>();
    var random = new Random(3);
    for (int i = 0; i < 20; i++) {
      seeds.add(Hep3Encoder.encode(Fixtures.anyPacket(random)).toArray());
    }
    seeds.add(Fixtures.usualAnd(Fixtures.text(0x0f, Fixtures.INVITE)).toArray());
    seeds.add(Fixtures.usualAnd(Fixtures.text(0x0f, JSON)).toArray());
    seeds.add(
        Fixtures.usualAnd(Fixtures.chunk(0, 0x10, HepDecoderTest.deflated(Fixtures.INVITE)))
            .toArray());
    seeds.add(Fixtures.join(HEP2, Fixtures.INVITE + "\0".repeat(8)).toArray());
    seeds.add(Fixtures.join("01100206 13c413d0 c0000201 c6336407", Fixtures.INVITE).toArray());
    return seeds;
  }
}
