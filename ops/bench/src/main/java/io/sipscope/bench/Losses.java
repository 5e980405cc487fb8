package io.sipscope.bench;

import io.sipscope.bench.SipReader.Unreadable;
import io.sipscope.protocol.net.Found;
import io.sipscope.protocol.net.Walk;
import io.sipscope.protocol.pcap.CaptureFile;
import io.sipscope.protocol.pcap.Pcap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Which messages of real captures each parser loses: throws on, or gives no four headers of.
///
/// Usage: `Losses FILE-OR-FOLDER...`. Exit code 1 when ours loses one that another reads, or reads
/// another Call-ID.
public final class Losses {
  private static final int SHOWN = 10;

  private final Map<SipReader, Integer> lost = new EnumMap<>(SipReader.class);
  private final List<String> onlyOursLost = new ArrayList<>();
  private final List<String> otherCallId = new ArrayList<>();
  private int messages;

  private Losses() {}

  public static void main(String[] arguments) throws IOException {
    var losses = new Losses();
    for (var argument : arguments) {
      try (Stream<Path> files = Files.walk(Path.of(argument))) {
        for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
          losses.compare(file);
        }
      }
    }
    System.out.println("of " + losses.messages + " captured messages lost: " + losses.lost);
    losses.onlyOursLost.stream().limit(SHOWN).forEach(System.out::println);
    losses.otherCallId.stream().limit(SHOWN).forEach(System.out::println);
    System.exit(losses.onlyOursLost.isEmpty() && losses.otherCallId.isEmpty() ? 0 : 1);
  }

  private void compare(Path file) throws IOException {
    var walk = new Walk();
    try (var capture = CaptureFile.open(Files.newInputStream(file))) {
      while (true) {
        switch (capture.next()) {
          case Pcap.Frame frame -> walk.accept(frame, found -> compare(file, found));
          case Pcap.Malformed _ -> {} // the frames around it are what is compared
          case Pcap.End _ -> {
            walk.finish(found -> compare(file, found));
            return;
          }
        }
      }
    }
  }

  private void compare(Path file, Found found) {
    if (!(found instanceof Found.Message message)) {
      return;
    }
    messages++;
    var bytes = message.sip().toArray();
    var callIds = new EnumMap<SipReader, String>(SipReader.class);
    for (var parser : SipReader.values()) {
      var callId = callId(parser, bytes);
      callId.ifPresent(text -> callIds.put(parser, text));
      lost.merge(parser, callId.isPresent() ? 0 : 1, Integer::sum);
    }
    var ours = callIds.remove(SipReader.SIPSCOPE);
    if (ours == null && !callIds.isEmpty()) {
      onlyOursLost.add("lost by ours, read by " + callIds.keySet() + ": " + at(file, message));
    } else if (ours != null && !callIds.isEmpty() && !callIds.containsValue(ours)) {
      otherCallId.add("Call-ID " + ours + ", " + callIds + ": " + at(file, message));
    }
  }

  private static Optional<String> callId(SipReader parser, byte[] message) {
    try {
      return Optional.of(parser.callId(message).strip());
    } catch (Unreadable _) {
      return Optional.empty(); // that is what is counted
    }
  }

  private static String at(Path file, Found.Message message) {
    var line = message.sip().latin1();
    return file.getFileName() + " " + message.time() + " " + line.lines().findFirst().orElse("");
  }
}
