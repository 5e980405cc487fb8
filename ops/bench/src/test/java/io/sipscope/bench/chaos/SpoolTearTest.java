package io.sipscope.bench.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.persistence.wire.CaptureWire;
import io.sipscope.persistence.wire.WireOutput;
import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.IpAddress;
import io.sipscope.protocol.net.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTearTest {
  private static final byte[] HEAD = "SIPSPOOL".getBytes(StandardCharsets.US_ASCII);

  @Test
  void whatIsWholeIsCounted() throws IOException {
    var segment = segment("a", "b", "a");
    var prints = new TreeMap<String, List<String>>();
    assertEquals(3, SpoolTear.read(ByteBuffer.wrap(segment), prints));
    assertEquals(2, prints.get("a").size());
    assertEquals(1, prints.get("b").size());
  }

  @Test
  void atAnyByteItIsCutOnlyTheLastRecordIsGone() throws IOException {
    var two = segment("a", "b");
    int one = segment("a").length;
    for (int length = 0; length < two.length; length++) {
      var cut = ByteBuffer.wrap(two, 0, length);
      assertEquals(length < one ? 0 : 1, SpoolTear.read(cut, new TreeMap<>()), "of " + length);
    }
  }

  @Test
  void onlyTheLastSegmentIsDamaged(@TempDir Path folder) throws IOException {
    var first = segment("a", "b");
    var last = segment("c");
    for (int seed = 0; seed < 20; seed++) {
      Files.write(folder.resolve("1.segment"), first);
      Files.write(folder.resolve("2.segment"), last);
      var tear = SpoolTear.tear(folder, new Random(seed));
      boolean isCut = Files.size(folder.resolve("2.segment")) < last.length;
      assertEquals(first.length, Files.size(folder.resolve("1.segment")));
      assertTrue(isCut || Files.size(folder.resolve("2.segment")) > last.length);
      assertEquals(isCut ? 2 : 3, tear.messages(), tear.what());
    }
  }

  @Test
  void aSpoolThatIsNotThereIsSaid(@TempDir Path folder) {
    var missing = folder.resolve("none");
    assertThrows(IOException.class, () -> SpoolTear.tear(missing, new Random(1)));
  }

  private static byte[] segment(String... keys) {
    var segment = new ByteArrayOutputStream();
    segment.writeBytes(HEAD);
    for (var key : keys) {
      var message = new WireOutput(100);
      message.text(key);
      CaptureWire.write(capture(), message);
      var bytes = message.toArray();
      segment.writeBytes(ByteBuffer.allocate(8).putInt(bytes.length).putInt(0).array());
      segment.writeBytes(bytes);
    }
    return segment.toByteArray();
  }

  private static Capture capture() {
    var endpoint = new Endpoint(IpAddress.v4(0x7f000001), 5060);
    return new Capture(
        1, 1, Transport.UDP, endpoint, endpoint, Agent.NONE, "", SourceKind.HEP, Bytes.of("SIP"));
  }
}
