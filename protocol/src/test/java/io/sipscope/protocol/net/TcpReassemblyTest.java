package io.sipscope.protocol.net;

import static io.sipscope.protocol.net.FrameBytes.ethernet;
import static io.sipscope.protocol.net.FrameBytes.ip4;
import static io.sipscope.protocol.net.FrameBytes.tcp;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.pcap.Pcap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// However a stream is cut, shuffled and repeated, its messages come out whole and in order.
class TcpReassemblyTest {
  private static final int SYN = 2;
  private static final int PSH_ACK = 0x18;
  private static final long NOVEMBER_2023 = 1_700_000_000_000_000_000L;
  private static final long MILLISECOND = 1_000_000;

  /// Segments change places with one of the next few, as on paths of different lengths.
  private static final int DISORDER = 6;

  private record Segment(long sequence, int flags, String payload) {}

  @RepeatedTest(300)
  void aStreamFromItsSynOn(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    var messages = messages(random);
    // Every other stream runs over the end of the sequence numbers.
    long first = random.nextBoolean() ? 0xffff_ffffL - random.nextInt(2000) : random.nextInt();
    var segments = cut(String.join("", messages), first, random);
    shuffle(segments, random);
    segments.addFirst(new Segment(first - 1, SYN, ""));
    assertEquals(messages, walked(segments), "seed " + repetition.getCurrentRepetition());
  }

  private static List<String> messages(Random random) {
    var messages = new ArrayList<String>();
    for (int i = 0; i <= random.nextInt(8); i++) {
      var body = "v=0\r\n" + "a=x\r\n".repeat(random.nextInt(100));
      messages.add(
          "MESSAGE sip:a SIP/2.0\r\nCall-ID: %d@example.com\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(i, body.length(), body));
    }
    return messages;
  }

  /// Cuts into segments; some overlap the one before, some come twice.
  private static List<Segment> cut(String stream, long first, Random random) {
    int longest = 1 + random.nextInt(400);
    var segments = new ArrayList<Segment>();
    for (int at = 0; at < stream.length(); ) {
      int end = Math.min(stream.length(), at + 1 + random.nextInt(longest));
      int start = random.nextInt(5) == 0 ? Math.max(0, at - random.nextInt(50)) : at;
      var segment = new Segment(first + start, PSH_ACK, stream.substring(start, end));
      segments.add(segment);
      if (random.nextInt(6) == 0) {
        segments.add(segment);
      }
      at = end;
    }
    return segments;
  }

  private static void shuffle(List<Segment> segments, Random random) {
    for (int i = 0; i < segments.size(); i++) {
      Collections.swap(segments, i, Math.min(segments.size() - 1, i + random.nextInt(DISORDER)));
    }
  }

  private static List<String> walked(List<Segment> segments) {
    var walk = new Walk();
    var messages = new ArrayList<String>();
    long time = NOVEMBER_2023;
    for (var segment : segments) {
      var bytes = tcp(segment.sequence(), segment.flags(), segment.payload());
      var frame = ethernet(0x0800, ip4(6, bytes));
      walk.accept(
          new Pcap.Frame(1, time += MILLISECOND, Bytes.of(frame), frame.length),
          found -> keep(found, messages));
    }
    walk.finish(found -> keep(found, messages));
    return messages;
  }

  private static void keep(Found found, List<String> messages) {
    if (found instanceof Found.Message message) {
      messages.add(message.sip().latin1());
    }
  }
}
