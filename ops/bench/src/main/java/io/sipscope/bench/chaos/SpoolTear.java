package io.sipscope.bench.chaos;

import io.sipscope.persistence.wire.CaptureWire;
import io.sipscope.persistence.wire.Unreadable;
import io.sipscope.persistence.wire.WireInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Damages the end of a spool whose node was killed, as a file system may leave it, and knows what
/// is whole before the damage.
///
/// ```text
/// segment = "SIPSPOOL"(8) record*
/// record  = length(u32) CRC-32C(u32) key(text) capture
/// ```
///
/// @param what was done, one sentence
/// @param messages that are whole
/// @param prints of them ([MessageCheck#print]), by their Call-ID
record SpoolTear(String what, int messages, Map<String, List<String>> prints) {
  private static final int HEAD = 8;

  /// Bytes of no record, at most.
  private static final int GARBAGE = 200;

  /// @param folder the spool of a node that does not run
  static SpoolTear tear(Path folder, Random random) throws IOException {
    var segments = segments(folder);
    if (segments.isEmpty()) {
      throw new IOException("there is no spool to tear");
    }
    var last = segments.getLast();
    var what = random.nextBoolean() ? cut(last, random) : addGarbage(last, random);
    int garbage = what.added();
    var prints = new TreeMap<String, List<String>>();
    int messages = 0;
    for (var segment : segments) {
      var bytes = Files.readAllBytes(segment);
      int length = segment.equals(last) ? bytes.length - garbage : bytes.length;
      messages += read(ByteBuffer.wrap(bytes, 0, length), prints);
    }
    return new SpoolTear(what.sentence(), messages, prints);
  }

  static List<Path> segments(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".segment")).sorted().toList();
    }
  }

  private record Done(String sentence, int added) {}

  private static Done cut(Path segment, Random random) throws IOException {
    long length = Files.size(segment);
    long left = random.nextLong(length);
    try (var file = FileChannel.open(segment, StandardOpenOption.WRITE)) {
      file.truncate(left);
    }
    return new Done("the last segment has " + left + " bytes of " + length, 0);
  }

  private static Done addGarbage(Path segment, Random random) throws IOException {
    var garbage = new byte[1 + random.nextInt(GARBAGE)];
    random.nextBytes(garbage);
    Files.write(segment, garbage, StandardOpenOption.APPEND);
    return new Done(
        "the last segment ends with " + garbage.length + " bytes of garbage", garbage.length);
  }

  /// @return how many records are whole
  static int read(ByteBuffer segment, Map<String, List<String>> prints) throws IOException {
    int records = 0;
    segment.position(Math.min(HEAD, segment.limit()));
    while (segment.remaining() >= HEAD && segment.remaining() >= HEAD + size(segment)) {
      var record = new byte[size(segment)];
      segment.position(segment.position() + HEAD).get(record);
      try {
        var in = new WireInput(record);
        var key = in.text();
        var print = MessageCheck.print(CaptureWire.read(in).sip().toArray());
        prints.computeIfAbsent(key, _ -> new ArrayList<>()).add(print);
      } catch (Unreadable e) {
        throw new IOException(e);
      }
      records++;
    }
    return records;
  }

  private static int size(ByteBuffer segment) {
    return segment.getInt(segment.position());
  }
}
