package io.sipscope.protocol.net;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.pcap.Pcap;
import io.sipscope.testing.Mutations;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever a frame holds, the walk goes on, and keeps no more than its bounds.
class WalkFuzzTest {
  /// What a walk may keep: streams, fragments, and their bookkeeping.
  private static final long MAX_RETAINED = 64 << 20;

  private static final int ETHERNET = 1;

  @Test
  void everyPrefixOfEveryFrameIsAnswered() {
    var walk = new Walk();
    for (var seed : Frames.all()) {
      for (int length = 0; length <= seed.length; length++) {
        walk.accept(frame(Arrays.copyOf(seed, length), length), _ -> {});
      }
    }
    walk.finish(_ -> {});
    assertTrue(walk.retainedBytes() < MAX_RETAINED);
  }

  @Test
  void noiseIsAnswered() {
    var walk = new Walk();
    var mutations = new Mutations(Frames.all(), new Random(3261));
    long[] messages = {0};
    for (long i = 0; i < Mutations.INPUTS; i++) {
      walk.accept(
          frame(mutations.next(), i),
          found -> messages[0] += found instanceof Found.Message ? 1 : 0);
      if (i % 10_000 == 0) {
        assertTrue(walk.retainedBytes() < MAX_RETAINED, "retained " + walk.retainedBytes());
      }
    }
    assertTrue(messages[0] > Mutations.INPUTS / 100, messages[0] + " messages");
  }

  @Test
  void fragmentsThatNeverCompleteAreBounded() {
    var walk = new Walk();
    for (int id = 0; id < 10_000; id++) {
      walk.accept(frame(Frames.firstFragment(id), id), _ -> {});
    }
    assertTrue(walk.retainedBytes() <= 16 << 20, "retained " + walk.retainedBytes());
  }

  private static Pcap.Frame frame(byte[] bytes, long time) {
    return new Pcap.Frame(ETHERNET, time * 1_000_000, Bytes.of(bytes), bytes.length);
  }

  /// Frames of several stacks, each with an OPTIONS.
  static final class Frames {
    private static final String SIP =
        "OPTIONS sip:a SIP/2.0\r\nCall-ID: 1\r\nContent-Length: 0\r\n\r\n";

    private Frames() {}

    static List<byte[]> all() {
      return List.of(
          FrameBytes.ethernet(0x0800, FrameBytes.ip4(17, FrameBytes.udp(5060, 5060, SIP))),
          FrameBytes.ethernet(
              0x8100, FrameBytes.tagged(0x0800, FrameBytes.ip4(6, FrameBytes.tcp(1, 0x18, SIP)))),
          FrameBytes.ethernet(0x86dd, FrameBytes.ip6(17, FrameBytes.udp(5060, 5060, SIP))),
          FrameBytes.ethernet(
              0x0800,
              FrameBytes.ip4(
                  17,
                  FrameBytes.udp(
                      40000,
                      4789,
                      FrameBytes.vxlan(
                          FrameBytes.ethernet(
                              0x0800, FrameBytes.ip4(17, FrameBytes.udp(5060, 5060, SIP))))))),
          FrameBytes.ethernet(
              0x0800,
              FrameBytes.ip4(
                  47, FrameBytes.gre(0x0800, FrameBytes.ip4(17, FrameBytes.udp(5060, 5060, SIP))))),
          firstFragment(7));
    }

    static byte[] firstFragment(int id) {
      return FrameBytes.ethernet(
          0x0800, FrameBytes.ip4Fragment(17, id, 0, true, FrameBytes.udp(5060, 5060, SIP + " ")));
    }
  }
}
