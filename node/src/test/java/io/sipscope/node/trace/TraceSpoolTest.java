package io.sipscope.node.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.persistence.statistics.Counters;
import io.sipscope.persistence.trace.TraceType;
import io.sipscope.persistence.trace.TracedMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceSpoolTest {
  @TempDir private Path folder;
  private final Counters counters = new Counters();
  private final List<TraceSpool> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(TraceSpool::close);
  }

  private TraceSpool spool(long room) throws IOException {
    var spool = TraceSpool.of(folder, room, new Tally(counters, "trace-" + Traced.ID));
    opened.add(spool);
    return spool;
  }

  private static List<TracedMessage> messages(int from, int to) {
    return IntStream.range(from, to).mapToObj(Traced::message).toList();
  }

  private static List<TracedMessage> takenFrom(TraceSpool spool, int most) throws IOException {
    var all = new ArrayList<TracedMessage>();
    for (var some = spool.peek(most); !some.isEmpty(); some = spool.peek(most)) {
      all.addAll(some);
      spool.advance();
    }
    return all;
  }

  private Path segment() throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".segment")).findFirst().orElseThrow();
    }
  }

  private void damage(int at) throws IOException {
    var bytes = Files.readAllBytes(segment());
    bytes[at] ^= 0x55;
    Files.write(segment(), bytes);
  }

  @Test
  void whatIsNoSipKeepsItsTypeAndCorrelationId() throws Exception {
    var sip = Traced.message(1);
    var logged =
        new TracedMessage(
            sip.traceId(),
            sip.key(),
            sip.capture(),
            sip.from(),
            sip.to(),
            sip.direction(),
            sip.callId(),
            sip.method(),
            sip.status(),
            sip.fromTag(),
            sip.attributes(),
            TraceType.REST,
            "theirs");
    assertEquals(logged, TracedWire.read(TracedWire.write(logged)));
    assertEquals(1, TracedWire.write(sip)[0]); // what an earlier node reads
  }

  @Test
  void messagesComeOutAsTheyWentInAndLeaveNoSegment() throws IOException {
    var spool = spool(Traced.ROOM);
    spool.append(messages(0, 1_000));
    spool.append(messages(1_000, 5_000));
    assertFalse(spool.isEmpty());
    assertEquals(messages(0, 5_000), takenFrom(spool, 333));
    assertTrue(spool.isEmpty());
    assertEquals(0, spool.bytes());
    spool.append(messages(0, 10));
    assertEquals(messages(0, 10), takenFrom(spool, 333));
  }

  @Test
  void whatWasNotTakenIsThereAfterARestartAndWhatWasTakenIsNot() throws IOException {
    var before = spool(Traced.ROOM);
    before.append(messages(0, 500));
    before.peek(120);
    before.advance();
    before.peek(120); // and nobody took it
    before.close();
    var after = spool(Traced.ROOM);
    after.append(messages(500, 600));
    assertEquals(messages(120, 600), takenFrom(after, 100));
  }

  @Test
  void asMuchAsThereIsRoomForIsKept() throws IOException {
    var spool = spool(100_000);
    int kept = spool.append(messages(0, 1_000));
    assertTrue(kept > 100 && kept < 1_000, "" + kept);
    assertEquals(0, spool.append(messages(0, 1)));
    assertEquals(messages(0, kept), takenFrom(spool, 1_000));
    assertEquals(kept, spool.append(messages(0, 1_000)));
  }

  @Test
  void aDamagedRecordIsSkippedAndCountedAndTheOthersAreThere() throws IOException {
    var before = spool(Traced.ROOM);
    before.append(messages(0, 10));
    before.close();
    damage(100);
    var taken = takenFrom(spool(Traced.ROOM), 100);
    assertEquals(messages(1, 10), taken);
    assertEquals(1, Traced.count(counters, "dropped_damaged"));
  }

  @Test
  void whatFollowsADamagedLengthIsGivenUpAndWhatWasBeforeIsThere() throws IOException {
    var before = spool(Traced.ROOM);
    before.append(messages(0, 1));
    int end = (int) before.bytes();
    before.append(messages(1, 10));
    before.close();
    damage(end);
    assertEquals(messages(0, 1), takenFrom(spool(Traced.ROOM), 100));
    assertEquals(1, Traced.count(counters, "dropped_damaged"));
  }

  @Test
  void aTornEndIsGivenUp() throws IOException {
    var before = spool(Traced.ROOM);
    before.append(messages(0, 10));
    before.close();
    try (var file = Files.newByteChannel(segment(), StandardOpenOption.WRITE)) {
      file.truncate(file.size() - 3);
    }
    assertEquals(messages(0, 9), takenFrom(spool(Traced.ROOM), 100));
    assertEquals(1, Traced.count(counters, "dropped_damaged"));
  }

  @Test
  void whateverIsInTheFilesNothingThrowsAndItEnds() throws IOException {
    var before = spool(Traced.ROOM);
    before.append(messages(0, 20));
    before.close();
    var bytes = Files.readAllBytes(segment());
    var file = segment();
    var random = new java.util.Random(3);
    for (int i = 0; i < 300; i++) {
      var damaged = bytes.clone();
      for (int flips = 0; flips < 5; flips++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, damaged);
      var mark = new byte[32];
      random.nextBytes(mark);
      System.arraycopy(
          file.getFileName().toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII),
          0,
          mark,
          0,
          24);
      Files.write(folder.resolve("taken"), mark);
      var spool = spool(Traced.ROOM);
      assertTrue(takenFrom(spool, 7).size() <= 20);
      assertTrue(spool.isEmpty());
      spool.close();
    }
  }
}
