package io.sipscope.protocol.net;

import static io.sipscope.protocol.net.FrameBytes.ethernet;
import static io.sipscope.protocol.net.FrameBytes.gre;
import static io.sipscope.protocol.net.FrameBytes.ip4;
import static io.sipscope.protocol.net.FrameBytes.ip4Fragment;
import static io.sipscope.protocol.net.FrameBytes.ip6;
import static io.sipscope.protocol.net.FrameBytes.ip6Fragment;
import static io.sipscope.protocol.net.FrameBytes.join;
import static io.sipscope.protocol.net.FrameBytes.tagged;
import static io.sipscope.protocol.net.FrameBytes.tcp;
import static io.sipscope.protocol.net.FrameBytes.u16;
import static io.sipscope.protocol.net.FrameBytes.udp;
import static io.sipscope.protocol.net.FrameBytes.vxlan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.pcap.Pcap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// One OPTIONS under every stack that is opened, found byte for byte with the innermost endpoints.
class EncapsulationTest {
  private static final String SIP =
      "OPTIONS sip:a SIP/2.0\r\nCall-ID: 1@example.com\r\nContent-Length: 0\r\n\r\n";

  private static final int ETHERNET = 1;
  private static final byte[] IP = ip4(17, udp(5060, 5061, SIP));
  private static final byte[] FRAME = ethernet(0x0800, IP);

  static Stream<Arguments> stacks() {
    return Stream.of(
        stack("Ethernet", ETHERNET, FRAME),
        stack("VLAN", ETHERNET, ethernet(0x8100, tagged(0x0800, IP))),
        stack("QinQ", ETHERNET, ethernet(0x88a8, tagged(0x8100, tagged(0x0800, IP)))),
        stack("MPLS", ETHERNET, ethernet(0x8847, join(label(false), label(true), IP))),
        stack("PPPoE", ETHERNET, ethernet(0x8864, pppoe(IP))),
        stack("GRE", ETHERNET, ethernet(0x0800, ip4(47, gre(0x0800, IP)))),
        stack("GRE bridged", ETHERNET, ethernet(0x0800, ip4(47, gre(0x6558, FRAME)))),
        stack("ERSPAN II", ETHERNET, ethernet(0x0800, ip4(47, erspan2(FRAME)))),
        stack("IP in IP", ETHERNET, ethernet(0x0800, ip4(4, IP))),
        stack("IPv4 in IPv6", ETHERNET, ethernet(0x86dd, ip6(4, IP))),
        stack("VXLAN", ETHERNET, ethernet(0x0800, ip4(17, udp(40000, 4789, vxlan(FRAME))))),
        stack("GENEVE", ETHERNET, ethernet(0x0800, ip4(17, udp(40000, 6081, geneve(FRAME))))),
        stack("Linux SLL", 113, join(new byte[14], u16(0x0800), IP)),
        stack("Linux SLL2", 276, join(u16(0x0800), new byte[18], IP)),
        stack("raw IP", 101, IP),
        stack("null, little-endian", 0, join(new byte[] {2, 0, 0, 0}, IP)),
        stack("loopback, big-endian", 108, join(new byte[] {0, 0, 0, 2}, IP)),
        stack("PPP", 9, join(new byte[] {(byte) 0xff, 3}, u16(0x0021), IP)));
  }

  private static Arguments stack(String name, int linkType, byte[] frame) {
    return Arguments.of(name, linkType, frame);
  }

  private static byte[] label(boolean last) {
    return new byte[] {0, 1, (byte) (last ? 1 : 0), 64};
  }

  private static byte[] pppoe(byte[] ip) {
    return join(new byte[] {0x11, 0, 0, 1}, u16(ip.length + 2), u16(0x0021), ip);
  }

  private static byte[] erspan2(byte[] frame) {
    var greWithSequence = join(u16(0x1000), u16(0x88be), new byte[4]);
    return join(greWithSequence, new byte[] {0x10, 0, 0, 0, 0, 0, 0, 0}, frame);
  }

  private static byte[] geneve(byte[] frame) {
    return join(new byte[] {1, 0}, u16(0x6558), new byte[] {0, 0, 1, 0}, new byte[4], frame);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stacks")
  void isOpenedToTheMessage(String name, int linkType, byte[] frame) {
    var messages = walked(linkType, List.of(frame));
    assertEquals(1, messages.size(), name);
    assertEquals(SIP, messages.getFirst().sip().latin1());
    assertEquals("192.0.2.1:5060", messages.getFirst().source().toString());
    assertEquals("192.0.2.2:5061", messages.getFirst().destination().toString());
  }

  @Test
  void fragmentsAreJoinedInAnyOrder() {
    var datagram = udp(5060, 5061, SIP);
    var head = Arrays.copyOf(datagram, 16);
    var tail = Arrays.copyOfRange(datagram, 16, datagram.length);
    assertEquals(
        List.of(SIP),
        texts(
            walked(
                ETHERNET,
                List.of(
                    ethernet(0x0800, ip4Fragment(17, 9, 16, false, tail)),
                    ethernet(0x0800, ip4Fragment(17, 9, 0, true, head))))));
    assertEquals(
        List.of(SIP),
        texts(
            walked(
                ETHERNET,
                List.of(
                    ethernet(0x86dd, ip6(44, ip6Fragment(17, 9, 16, false, tail))),
                    ethernet(0x86dd, ip6(44, ip6Fragment(17, 9, 0, true, head)))))));
  }

  @Test
  void aFragmentThatComesOnceMoreIsNoMessageOfItsOwn() {
    var datagram = udp(5060, 5061, SIP);
    var head = ethernet(0x0800, ip4Fragment(17, 9, 0, true, Arrays.copyOf(datagram, 64)));
    var rest = Arrays.copyOfRange(datagram, 64, datagram.length);
    var tail = ethernet(0x0800, ip4Fragment(17, 9, 64, false, rest));
    assertEquals(List.of(SIP), texts(walked(ETHERNET, List.of(head, tail, head))));
    assertEquals(1, walked(ETHERNET, List.of(head)).size(), "a start whose rest never came");
  }

  @Test
  void aStreamIsPutInOrderAndCutIntoItsMessages() {
    var first = SIP.substring(0, 30);
    var rest = SIP.substring(30) + SIP;
    var segments =
        List.of(
            segment(999, 2, ""),
            segment(1030, 0x18, rest),
            segment(1000, 0x18, first),
            segment(1000, 0x18, first), // a retransmission
            segment(1010, 0x18, (first + rest).substring(10))); // an overlap
    assertEquals(List.of(SIP, SIP), texts(walked(ETHERNET, segments)));
  }

  @Test
  void aStreamMayBeJoinedInTheMiddle() {
    var segments = List.of(segment(5000, 0x18, "gth: 0\r\n\r\n"), segment(5010, 0x18, SIP));
    assertEquals(List.of(SIP), texts(walked(ETHERNET, segments)));
  }

  private static byte[] segment(long sequence, int flags, String text) {
    return ethernet(0x0800, ip4(6, tcp(sequence, flags, text.getBytes(StandardCharsets.US_ASCII))));
  }

  private static List<Found.Message> walked(int linkType, List<byte[]> frames) {
    var walk = new Walk();
    var messages = new ArrayList<Found.Message>();
    long time = 1_700_000_000_000_000_000L;
    for (var frame : frames) {
      var next = new Pcap.Frame(linkType, time += 1_000_000, Bytes.of(frame), frame.length);
      walk.accept(next, found -> keep(found, messages));
    }
    walk.finish(found -> keep(found, messages));
    return messages;
  }

  private static void keep(Found found, List<Found.Message> messages) {
    if (found instanceof Found.Message message) {
      messages.add(message);
    }
  }

  private static List<String> texts(List<Found.Message> messages) {
    return messages.stream().map(message -> message.sip().latin1()).toList();
  }
}
