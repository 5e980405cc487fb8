package io.sipscope.protocol.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.net.Found;
import io.sipscope.protocol.net.Walk;
import io.sipscope.protocol.pcap.CaptureFile;
import io.sipscope.protocol.pcap.Pcap;
import io.sipscope.testing.Corpus;
import io.sipscope.testing.RequiresTool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What tshark says of real captures is what we find in them ourselves: every message it calls SIP,
/// byte for byte, with its endpoints, transport and time.
@RequiresTool(value = "tshark", debian = "tshark")
class TsharkFormTest {

  /// One of each sort, as every form is a run of tshark: tunnels, fragments, cooked links, streams,
  /// WebSocket, IPv6, lone line feeds, wrong lengths.
  private static final Pattern ONE_OF_EACH =
      Pattern.compile(
          "live_.*|.*(gre_v1|conference_call|sip-tcp|compact|ipv6|sip-1|IvanNardi__sip)\\..*");

  /// Forms that have every byte, over any transport; the others have those of datagrams.
  private static final Set<String> WITH_BYTES = Set.of("ek -x", "json -x", "jsonraw");

  private record Told(long time, String way, Bytes sip) {}

  @TestFactory
  Stream<DynamicTest> everyFormHasTheBytesThatWereCaptured() {
    return captures()
        .flatMap(
            file ->
                Stream.of("ek", "json", "ek -x", "json -x", "jsonraw")
                    .map(
                        form ->
                            DynamicTest.dynamicTest(
                                file.getFileName() + " -T " + form, () -> compare(file, form))));
  }

  /// Text without a byte beyond ASCII comes out as it was even where it is put together.
  @TestFactory
  Stream<DynamicTest> whatIsPutTogetherOfTextsIsTheSameText() {
    return captures()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () -> {
                      var walked = walked(file).stream().map(Told::sip).toList();
                      for (var each : tshark(file, TEXTS)) {
                        if (each instanceof Relayed.Message message && isAscii(message.sip())) {
                          assertTrue(message.rebuilt());
                          assertTrue(
                              walked.stream().anyMatch(known -> known.equals(message.sip())),
                              () -> message.sip().latin1());
                        }
                      }
                    }));
  }

  private static final String TEXTS =
      "ek -e frame.time_epoch -e ip.src -e ip.dst -e ipv6.src -e ipv6.dst -e sip.Request-Line"
          + " -e sip.Status-Line -e sip.msg_hdr";

  private static boolean isAscii(Bytes bytes) {
    return bytes.latin1().chars().allMatch(c -> c < 0x80);
  }

  private static Stream<Path> captures() {
    return Corpus.files("pcap").stream()
        .filter(file -> file.toString().matches(".*\\.pcap(ng)?"))
        .filter(file -> ONE_OF_EACH.matcher(file.getFileName().toString()).matches());
  }

  private static void compare(Path file, String form) throws Exception {
    var walked = walked(file);
    var relayed = tshark(file, form);
    for (var each : relayed) {
      switch (each) {
        case Relayed.Message message when message.rebuilt() ->
            assertFalse(WITH_BYTES.contains(form), message::toString);
        case Relayed.Message message -> {
          var told = told(message);
          assertTrue(walked.stream().anyMatch(known -> isSame(known, told)), told::toString);
        }
        case Relayed.NotSip _ -> assertTrue(file.toString().contains("icmp"), "a quoted message");
        case Relayed.Malformed malformed -> fail(malformed.toString());
      }
    }
  }

  /// `-T jsonraw` has no times.
  private static boolean isSame(Told known, Told told) {
    return known.way().equals(told.way())
        && known.sip().equals(told.sip())
        && (told.time() == 0 || known.time() == told.time());
  }

  private static Told told(Relayed.Message message) {
    return new Told(
        message.time().orElse(0),
        message.transport() + " " + message.source() + " " + message.destination(),
        message.sip());
  }

  private static List<Told> walked(Path file) throws IOException {
    var found = new ArrayList<Told>();
    var walk = new Walk();
    Consumer<Found> add =
        item -> {
          if (item instanceof Found.Message message) {
            found.add(
                new Told(
                    message.time(),
                    message.transport() + " " + message.source() + " " + message.destination(),
                    message.sip()));
          }
        };
    try (var capture = CaptureFile.open(Files.newInputStream(file))) {
      while (true) {
        switch (capture.next()) {
          case Pcap.Frame frame -> walk.accept(frame, add);
          case Pcap.Malformed _ -> {}
          case Pcap.End _ -> {
            walk.finish(add);
            return found;
          }
        }
      }
    }
  }

  private static List<Relayed> tshark(Path file, String form) throws Exception {
    var command = new ArrayList<>(List.of("tshark", "-r", file.toString(), "-Y", "sip", "-T"));
    command.addAll(List.of(form.split(" ", -1)));
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    var output = process.getInputStream().readAllBytes();
    assertEquals(0, process.waitFor());
    var relayed = new ArrayList<Relayed>();
    for (var record : records(Bytes.of(output), form)) {
      relayed.addAll(RelayReader.read(record));
    }
    return relayed;
  }

  /// As they are published: one packet at a time.
  private static List<Bytes> records(Bytes output, String form) {
    var text = output.latin1();
    var parts = form.startsWith("ek") ? text.split("\n", -1) : text.split("(?m)^  },?$", -1);
    var records = new ArrayList<Bytes>();
    for (var part : parts) {
      int start = part.indexOf('{');
      if (start >= 0) {
        var record = part.substring(start) + (form.startsWith("ek") ? "" : "}");
        records.add(Bytes.of(record.getBytes(StandardCharsets.ISO_8859_1)));
      }
    }
    return records;
  }
}
