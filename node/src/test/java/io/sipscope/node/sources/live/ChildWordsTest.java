package io.sipscope.node.sources.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// As dumpcap 4.0, tshark 4.0 and tcpdump 4.99 say it.
class ChildWordsTest {
  private static ChildWords heard(String text) {
    var words = new ChildWords();
    words.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    return words;
  }

  @Test
  void dumpcapsDropsAreThoseOfAllItsInterfaces() {
    var words =
        heard(
            """
            Capturing on 'Loopback: lo' and 'eth0'
            File: -
            \rPackets captured: 10
            Packets received/dropped on interface 'Loopback: lo': 10/3 (pcap:2/dumpcap:1/flushed:0/ps_ifdrop:0) (76.9%)
            Packets received/dropped on interface 'eth0': 0/4 (pcap:4/dumpcap:0/flushed:0/ps_ifdrop:0) (0.0%)
            """);
    assertEquals(7, words.dropped());
    assertEquals(Optional.empty(), words.complaint());
  }

  @Test
  void tcpdumpsDropsAreThoseOfKernelAndInterface() {
    var words =
        heard(
            """
            tcpdump: listening on lo, link-type EN10MB (Ethernet), snapshot length 262144 bytes
            5 packets captured
            10 packets received by filter
            2 packets dropped by kernel
            1 packet dropped by interface
            """);
    assertEquals(3, words.dropped());
    assertEquals(Optional.empty(), words.complaint());
  }

  @Test
  void aBadFilterIsToldInOneLine() {
    var words =
        heard(
            """
            Capturing on 'Loopback: lo'
            dumpcap: Invalid capture filter "udp and(" for interface 'lo'.

            That string isn't a valid capture filter (can't parse filter expression: syntax error).
            See the User's Guide for a description of the capture filter syntax.
            """);
    assertEquals(
        Optional.of("Invalid capture filter \"udp and(\" for interface 'lo'."), words.complaint());
  }

  @Test
  void tsharksComplaintsOfItsOwnFilesAreNoReason() {
    var words =
        heard(
            """
            tshark: You don't have permission to read the file "/home/u/.config/wireshark/hosts".
            tshark: Error loading table 'DNS Servers': Permission denied
            tshark: Can't open your preferences file "/home/u/.config/preferences": Permission denied.
            Capturing on 'Loopback: lo'
            tshark: You do not have permission to capture on device "lo".
            (socket: Operation not permitted)
            """);
    assertEquals(
        Optional.of(
            "You do not have permission to capture on device \"lo\"."
                + " (socket: Operation not permitted)"),
        words.complaint());
  }

  @Test
  void aLineWithoutEndHoldsNoMoreThanABound() {
    var words = heard("dumpcap: " + "x".repeat(10_000_000) + "\ndumpcap: y\n");
    assertTrue(words.complaint().orElseThrow().length() < ChildWords.MAX_LINE);
  }
}
