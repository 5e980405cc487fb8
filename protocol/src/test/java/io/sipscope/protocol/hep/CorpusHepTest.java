package io.sipscope.protocol.hep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.hep.Hep.Packet;
import io.sipscope.protocol.net.Transport;
import io.sipscope.testing.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Real HEP of real agents against an oracle that was decoded from the specification.
final class CorpusHepTest {

  @Test
  void everyDatagramDecodesAsTheOracleSays() throws IOException {
    for (var file : Corpus.files("hep")) {
      if (file.endsWith("hep.oracle.json")) {
        for (var dump : new ObjectMapper().readTree(file.toFile())) {
          var datagrams = datagrams(file.resolveSibling(dump.get("file").asText()));
          assertEquals(dump.get("datagrams").size(), datagrams.size());
          for (int i = 0; i < datagrams.size(); i++) {
            assertAgrees(dump.get("datagrams").get(i), decoded(datagrams.get(i)));
          }
        }
      }
    }
  }

  @Test
  void aStreamHoldsTheDatagramsOfItsDumpHoweverItIsSplit() throws IOException {
    for (var file : Corpus.files("hep")) {
      if (file.toString().endsWith(".tcpstream")) {
        var stream = Bytes.of(Files.readAllBytes(file));
        var dump = file.toString().replace(".tcpstream", ".dgrams");
        for (int size : List.of(1, 5, 6, 7, 100, 1_460, 65_536)) {
          assertEquals(datagrams(Path.of(dump)), Streams.frames(stream, size), "split by " + size);
        }
      }
    }
  }

  /// Every version of HEP that one OpenSIPS sent of the same calls, against the messages that it
  /// sent as plain SIP.
  @Test
  void everyVersionCarriesTheSipThatOpensipsSentPlain() throws IOException {
    var plain = new TreeSet<String>();
    var byDump = new TreeMap<String, Set<String>>();
    for (var file : Corpus.files("opensips/captures/h5")) {
      var name = file.getFileName().toString();
      if (name.equals("sip-dup.bin")) {
        timestamped(file).forEach(message -> plain.add(message.sha256Hex()));
      } else if (name.endsWith("-udp.bin")) {
        byDump.put(name, sipOf(timestamped(file)));
      } else if (name.contains("-tcp-conn")) {
        byDump.put(name, sipOf(Streams.frames(Bytes.of(Files.readAllBytes(file)), 1_000)));
      }
    }
    byDump.forEach((name, messages) -> assertEquals(plain, messages, name));
  }

  @Test
  void opensipsTimesAreTheTimesOfArrival() throws IOException {
    for (var file : Corpus.files("opensips/captures")) {
      if (file.getFileName().toString().matches("hep[23]-udp.bin")) {
        var bytes = Bytes.of(Files.readAllBytes(file));
        for (int at = 0; at < bytes.length(); ) {
          int end = at + 12 + (int) bytes.u32(at);
          long arrived = (bytes.u32(at + 4) << 32 | bytes.u32(at + 8)) * 1_000;
          var packet = decoded(bytes.slice(at + 12, end));
          assertTrue(Math.abs(packet.time().orElseThrow() - arrived) < 1_000_000_000L);
          assertTrue(Set.of(2001L, 2400L).contains(packet.agent().id()));
          at = end;
        }
      }
    }
  }

  private static Set<String> sipOf(List<Bytes> datagrams) {
    var messages = new TreeSet<String>();
    for (var datagram : datagrams) {
      messages.add(decoded(datagram).payload().sha256Hex());
    }
    return messages;
  }

  private static void assertAgrees(JsonNode truth, Packet packet) {
    assertEquals(truth.get("version").asInt(), packet.version());
    assertEquals(truth.get("proto").asInt(), packet.ipProtocol());
    assertEquals(
        truth.get("proto").asInt() == 6 ? Transport.TCP : Transport.UDP, packet.transport());
    assertEquals(truth.get("src").asText(), packet.source().address().toString());
    assertEquals(truth.get("dst").asText(), packet.destination().address().toString());
    assertEquals(truth.get("sport").asInt(), packet.source().port());
    assertEquals(truth.get("dport").asInt(), packet.destination().port());
    var suffix = packet.version() == 3 ? "" : "_le";
    assertEquals(
        truth.get("ts_sec" + suffix).asLong() * 1_000_000_000L
            + truth.get("ts_usec" + suffix).asLong() * 1_000L,
        packet.time().orElseThrow());
    assertEquals(truth.get("capture_id" + suffix).asLong(), packet.agent().id());
    assertEquals(truth.path("payload_type").asInt(Packet.SIP), packet.payloadType());
    assertEquals(truth.path("auth").asText(""), packet.authKey());
    assertEquals(truth.path("correlation_id").asText(""), packet.correlationId());
    assertEquals(truth.get("payload_size").asInt(), packet.payload().length());
    assertEquals(truth.get("payload_sha256").asText(), packet.payload().sha256Hex());
  }

  private static Packet decoded(Bytes datagram) {
    return assertInstanceOf(Packet.class, HepDecoder.decode(datagram));
  }

  private static List<Bytes> datagrams(Path dump) throws IOException {
    var bytes = Bytes.of(Files.readAllBytes(dump));
    if (!dump.toString().endsWith(".dgrams")) {
      return List.of(bytes);
    }
    var datagrams = new ArrayList<Bytes>();
    for (int at = 0; at < bytes.length(); ) {
      int end = at + 4 + (int) bytes.u32(at);
      datagrams.add(bytes.slice(at + 4, end));
      at = end;
    }
    return datagrams;
  }

  /// *length(4) time of arrival(8) datagram*, as the corpus keeps what OpenSIPS sent.
  private static List<Bytes> timestamped(Path dump) throws IOException {
    var bytes = Bytes.of(Files.readAllBytes(dump));
    var datagrams = new ArrayList<Bytes>();
    for (int at = 0; at < bytes.length(); ) {
      int end = at + 12 + (int) bytes.u32(at);
      datagrams.add(bytes.slice(at + 12, end));
      at = end;
    }
    return datagrams;
  }
}
