package io.sipscope.protocol.pcap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.protocol.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CaptureFileTest {
  private static final long START = CaptureBytes.SECONDS * 1_000_000_000L;
  private static final List<Boolean> ORDERS = List.of(true, false);

  @Test
  void pcapIsReadInBothByteOrdersAndResolutions() throws IOException {
    for (boolean little : ORDERS) {
      var data = CaptureBytes.data(60, 7);
      var micros = CaptureBytes.pcap(little, CaptureBytes.MICROS, 1).record(123_456, data).done();
      var nanos =
          CaptureBytes.pcap(little, CaptureBytes.NANOS, 113).record(123_456_789, data).done();
      var frame = only(micros);
      assertEquals(START + 123_456_000, frame.time());
      assertEquals(1, frame.linkType());
      assertArrayEquals(data, frame.data().toArray());
      assertEquals(70, frame.originalLength());
      assertEquals(START + 123_456_789, only(nanos).time());
      assertEquals(113, only(nanos).linkType());
    }
  }

  @Test
  void kuznetzovRecordsHaveLongerHeads() throws IOException {
    for (boolean little : ORDERS) {
      var data = CaptureBytes.data(60, 7);
      var file = CaptureBytes.pcap(little, CaptureBytes.KUZNETZOV, 1);
      for (int i = 0; i < 3; i++) {
        file.u32(CaptureBytes.SECONDS).u32(i).u32(60).u32(60).u32(1).u16(0x800).u16(0).bytes(data);
      }
      var read = Recording.of(file.done());
      assertEquals(List.of(), read.faults());
      assertEquals(3, read.frames().size());
      assertEquals(START + 2_000, read.frames().getLast().time());
    }
  }

  @Test
  void lengthsOfOldVersionsAreSwappedBack() throws IOException {
    var data = CaptureBytes.data(40, 1);
    for (int minor : List.of(0, 2, 3)) {
      var file =
          new CaptureBytes(true)
              .u32(CaptureBytes.MICROS)
              .u16(2)
              .u16(minor)
              .u32(0)
              .u32(0)
              .u32(96)
              .u32(1);
      file.u32(CaptureBytes.SECONDS).u32(0).u32(50).u32(40).bytes(data);
      var frame = only(file.done());
      assertEquals(40, frame.data().length());
      assertEquals(50, frame.originalLength());
    }
  }

  @Test
  void theCheckSequenceLengthIsNoPartOfTheLinkType() throws IOException {
    var file = CaptureBytes.pcap(true, CaptureBytes.MICROS, 0x2400_0001L).record(0, new byte[20]);
    assertEquals(1, only(file.done()).linkType());
    var reserved =
        CaptureBytes.pcap(true, CaptureBytes.MICROS, 0x0001_0001L).record(0, new byte[20]);
    assertEquals(List.of(Reason.LINK_TYPE), Recording.of(reserved.done()).reasons());
  }

  @Test
  void aPacketLargerThanTheSnapLengthAllowsEndsTheCapture() throws IOException {
    var file = CaptureBytes.pcap(true, CaptureBytes.MICROS, 1).record(0, new byte[20]);
    file.u32(1).u32(2).u32(0x7fff_ffff).u32(60).bytes(new byte[100]);
    var read = Recording.of(file.done());
    assertEquals(1, read.frames().size());
    assertEquals(List.of(Reason.PACKET_LENGTH), read.reasons());
  }

  @Test
  void pcapngKeepsEachInterfacesClock() throws IOException {
    for (boolean little : ORDERS) {
      var offset = new CaptureBytes(little);
      offset.u32(little ? CaptureBytes.SECONDS : 0).u32(little ? 0 : CaptureBytes.SECONDS);
      var file =
          new CaptureBytes(little)
              .section()
              .anInterface(1, new CaptureBytes(little))
              .anInterface(
                  101, new CaptureBytes(little).option(9, new byte[] {9}).option(0, new byte[0]))
              .anInterface(113, new CaptureBytes(little).option(9, new byte[] {(byte) 0x8a}))
              .anInterface(
                  228, new CaptureBytes(little).option(14, offset.done()).option(9, new byte[] {3}))
              .enhanced(0, CaptureBytes.SECONDS * 1_000_000 + 5, new byte[11])
              .enhanced(1, START + 6, new byte[12])
              .enhanced(2, CaptureBytes.SECONDS * 1_024 + 512, new byte[13])
              .enhanced(3, 7, new byte[14]);
      var read = Recording.of(file.done());
      assertEquals(List.of(), read.faults());
      assertEquals(
          List.of(START + 5_000, START + 6, START + 500_000_000, START + 7_000_000),
          read.frames().stream().map(Pcap.Frame::time).toList());
      assertEquals(
          List.of(1, 101, 113, 228), read.frames().stream().map(Pcap.Frame::linkType).toList());
      assertEquals(
          List.of(11, 12, 13, 14), read.frames().stream().map(f -> f.data().length()).toList());
    }
  }

  @Test
  void aNewSectionForgetsTheInterfacesAndMayTurnTheByteOrder() throws IOException {
    var first =
        new CaptureBytes(true)
            .section()
            .anInterface(1, new CaptureBytes(true))
            .enhanced(0, 1, new byte[4]);
    var second =
        new CaptureBytes(false)
            .section()
            .enhanced(0, 1, new byte[5])
            .anInterface(101, new CaptureBytes(false))
            .enhanced(0, 2, new byte[6]);
    var read = Recording.of(first.bytes(second.done()).done());
    assertEquals(List.of(Reason.INTERFACE), read.reasons());
    assertEquals(List.of(1, 101), read.frames().stream().map(Pcap.Frame::linkType).toList());
  }

  @Test
  void simpleAndObsoletePacketsAreReadAndOtherBlocksPassedOver() throws IOException {
    var file =
        new CaptureBytes(true)
            .section()
            .block(0x0000_0bad, new CaptureBytes(true).bytes(new byte[99]))
            .anInterface(1, new CaptureBytes(true))
            .block(10, new CaptureBytes(true).bytes(new byte[200_000]))
            .block(3, new CaptureBytes(true).u32(9).bytes(CaptureBytes.data(9, 3)))
            .block(4, new CaptureBytes(true))
            .block(
                2,
                new CaptureBytes(true)
                    .u16(0)
                    .u16(0)
                    .u32(0)
                    .u32(8)
                    .u32(5)
                    .u32(50)
                    .bytes(CaptureBytes.data(5, 2)))
            .block(5, new CaptureBytes(true).bytes(new byte[12]));
    var read = Recording.of(file.done());
    assertEquals(List.of(), read.faults());
    assertArrayEquals(CaptureBytes.data(9, 3), read.frames().get(0).data().toArray());
    assertEquals(0, read.frames().get(0).time());
    assertArrayEquals(CaptureBytes.data(5, 2), read.frames().get(1).data().toArray());
    assertEquals(8_000, read.frames().get(1).time());
    assertEquals(50, read.frames().get(1).originalLength());
  }

  @Test
  void aBlockThatIsOnlyWrongInsideDoesNotEndTheCapture() throws IOException {
    var file =
        new CaptureBytes(false)
            .section()
            .anInterface(1, new CaptureBytes(false))
            .block(6, new CaptureBytes(false).u32(0))
            .block(6, new CaptureBytes(false).u32(0).u32(0).u32(0).u32(999).u32(999).u32(1))
            .enhanced(0, 1, new byte[6]);
    var read = Recording.of(file.done());
    assertEquals(List.of(Reason.BLOCK_LENGTH, Reason.PACKET_LENGTH), read.reasons());
    assertEquals(1, read.frames().size());
  }

  @Test
  void blockLengthsThatLieEndTheCaptureAndAllocateNothing() throws IOException {
    var good = new CaptureBytes(true).section().anInterface(1, new CaptureBytes(true)).done();
    for (long length : List.of(0L, 11L)) {
      var file = new CaptureBytes(true).bytes(good).u32(6).u32(length).bytes(new byte[100]);
      assertEquals(List.of(Reason.BLOCK_LENGTH), Recording.of(file.done()).reasons());
    }
    for (long length : List.of(1_000L, 0xffff_ffffL, 0xffff_fffcL, 0x7fff_ffffL)) {
      var file = new CaptureBytes(true).bytes(good).u32(77).u32(length).bytes(new byte[100]);
      assertEquals(List.of(Reason.CUT_SHORT), Recording.of(file.done()).reasons());
    }
    var differs = new CaptureBytes(true).bytes(good).u32(77).u32(16).u32(0).u32(20);
    assertEquals(List.of(Reason.BLOCK_LENGTH), Recording.of(differs.done()).reasons());
  }

  @Test
  void gzipOfEitherIsReadMemberAfterMember() throws IOException {
    for (var plain : List.of(samplePcap(), samplePcapng())) {
      var wanted = Recording.of(plain);
      int half = plain.length / 2;
      var zipped = new ByteArrayOutputStream();
      zipped.writeBytes(CaptureBytes.gzip(Arrays.copyOfRange(plain, 0, half)));
      zipped.writeBytes(CaptureBytes.gzip(new byte[0]));
      zipped.writeBytes(CaptureBytes.gzip(Arrays.copyOfRange(plain, half, plain.length)));
      assertEquals(wanted, Recording.of(zipped.toByteArray()));
      zipped.writeBytes(new byte[512]);
      assertEquals(wanted, Recording.of(zipped.toByteArray()));
      zipped.writeBytes(new byte[] {1});
      assertEquals(List.of(Reason.GZIP), Recording.of(zipped.toByteArray()).reasons());
    }
  }

  @Test
  void gzipHeadersWithAllTheirPartsAreRead() throws IOException {
    var plain = CaptureBytes.gzip(samplePcap());
    var head =
        new byte[] {0x1f, (byte) 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 3, 2, 0, 9, 9, 'n', 0, 'c', 0, 1, 2};
    var full = new ByteArrayOutputStream();
    full.writeBytes(head);
    full.write(plain, 10, plain.length - 10);
    assertEquals(Recording.of(samplePcap()), Recording.of(full.toByteArray()));
  }

  @Test
  void cutGzipGivesWhatWasThereThenSaysSo() throws IOException {
    var plain = samplePcap();
    var zipped = CaptureBytes.gzip(plain);
    int most = 0;
    for (int size = 4; size < zipped.length; size++) {
      var read = Recording.of(Arrays.copyOf(zipped, size));
      assertEquals(List.of(Reason.GZIP), read.reasons(), "cut to " + size);
      most = Math.max(most, read.frames().size());
    }
    assertEquals(Recording.of(plain).frames().size(), most);
  }

  @Test
  void aWrongGzipChecksumIsToldAfterTheFrames() throws IOException {
    var zipped = CaptureBytes.gzip(samplePcap());
    zipped[zipped.length - 5] ^= 1;
    var read = Recording.of(zipped);
    assertEquals(Recording.of(samplePcap()).frames(), read.frames());
    assertEquals(List.of(Reason.GZIP), read.reasons());
  }

  @Test
  void everyPrefixEndsWithTheFramesThatWereWhole() throws IOException {
    for (var whole : List.of(samplePcap(), samplePcapng())) {
      var all = Recording.of(whole);
      int frames = 0;
      for (int size = 0; size < whole.length; size++) {
        var read = Recording.of(Arrays.copyOf(whole, size));
        assertEquals(all.frames().subList(0, read.frames().size()), read.frames());
        assertTrue(read.frames().size() >= frames && read.faults().size() <= 1);
        frames = read.frames().size();
      }
    }
  }

  @Test
  void whatIsNoCaptureIsSaidOnce() throws IOException {
    for (var bytes : List.of(new byte[0], new byte[3], Bytes.of("GIF89a, and so on").toArray())) {
      assertEquals(List.of(Reason.NOT_A_CAPTURE), Recording.of(bytes).reasons());
    }
    try (var file = CaptureFile.open(InputStream.nullInputStream())) {
      assertInstanceOf(Pcap.Malformed.class, file.next());
      assertInstanceOf(Pcap.End.class, file.next());
      assertInstanceOf(Pcap.End.class, file.next());
    }
  }

  @Test
  void itDoesNotMatterInWhichPiecesTheStreamComes() throws IOException {
    for (var whole : List.of(samplePcap(), samplePcapng(), CaptureBytes.gzip(samplePcap()))) {
      for (int piece : List.of(1, 2, 3, 17, 4_096)) {
        assertEquals(Recording.of(whole), Recording.of(new Trickle(whole, piece)));
      }
    }
  }

  @Test
  void aFrameIsGivenBeforeMoreBytesAreAskedFor() throws IOException {
    var oneFrame = CaptureBytes.pcap(true, CaptureBytes.MICROS, 1).record(0, new byte[60]).done();
    var failing = new Failing();
    try (var file =
        CaptureFile.open(new SequenceInputStream(new Trickle(oneFrame, 4_096), failing))) {
      assertInstanceOf(Pcap.Frame.class, file.next());
      assertThrows(IOException.class, file::next);
    }
  }

  @Test
  void timesBeyondWhatNanosecondsReachAreClamped() {
    assertEquals(0, new TimeUnits(false, 127, 0).nanos(-1));
    assertEquals(9_223_372_035_000_000_000L, new TimeUnits(false, 0, Long.MAX_VALUE).nanos(-1));
    assertEquals(-9_223_372_035_000_000_000L, new TimeUnits(true, 0, Long.MIN_VALUE).nanos(0));
    assertEquals(999_999_999, new TimeUnits(true, 64, 0).nanos(-1));
    assertEquals(1_844_674_407_370_955_161L, new TimeUnits(false, 10, 0).nanos(-1));
    assertEquals(499_999_999, new TimeUnits(true, 65, 0).nanos(-1));
    assertEquals(1_500_000_000, new TimeUnits(true, 63, 0).nanos(3L << 62));
  }

  static byte[] samplePcap() {
    var random = new Random(6);
    var file = CaptureBytes.pcap(true, CaptureBytes.MICROS, 1);
    for (int i = 0; i < 5; i++) {
      var data = new byte[40 + random.nextInt(100)];
      random.nextBytes(data);
      file.record(i, data);
    }
    return file.done();
  }

  static byte[] samplePcapng() {
    var options = new CaptureBytes(false).option(9, new byte[] {9}).option(0, new byte[0]);
    return new CaptureBytes(false)
        .section()
        .anInterface(1, options)
        .enhanced(0, START, CaptureBytes.data(41, 1))
        .block(5, new CaptureBytes(false).bytes(new byte[20]))
        .block(3, new CaptureBytes(false).u32(30).bytes(CaptureBytes.data(30, 2)))
        .enhanced(0, START + 1, CaptureBytes.data(43, 3))
        .done();
  }

  private static Pcap.Frame only(byte[] capture) throws IOException {
    var read = Recording.of(capture);
    assertEquals(List.of(), read.faults());
    assertEquals(1, read.frames().size());
    return read.frames().getFirst();
  }

  private static final class Failing extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("the cable is out");
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return read();
    }
  }

  /// A stream that gives a few bytes at a time and says that none are available, as a socket.
  private static final class Trickle extends ByteArrayInputStream {
    private final int piece;

    Trickle(byte[] bytes, int piece) {
      super(bytes);
      this.piece = piece;
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) {
      return super.read(target, offset, Math.min(length, piece));
    }

    @Override
    public synchronized int available() {
      return 0;
    }
  }
}
