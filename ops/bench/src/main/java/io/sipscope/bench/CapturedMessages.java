package io.sipscope.bench;

import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.capture.SourceKind;
import io.sipscope.protocol.net.Found;
import io.sipscope.protocol.net.Walk;
import io.sipscope.protocol.pcap.CaptureFile;
import io.sipscope.protocol.pcap.Pcap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// The SIP messages of a capture file, as an agent beside it would have sent them.
public final class CapturedMessages {
  private static final Agent AGENT = new Agent(1207, "fra-sbc-2");

  /// How long after its packet an agent's message arrives.
  private static final long UNDERWAY = 1_234_567;

  private CapturedMessages() {}

  public static void forEach(Path file, Consumer<Capture> taker) throws IOException {
    var walk = new Walk();
    try (var capture = CaptureFile.open(Files.newInputStream(file))) {
      while (true) {
        switch (capture.next()) {
          case Pcap.Frame frame -> walk.accept(frame, found -> take(found, taker));
          case Pcap.Malformed _ -> {} // the frames around it are what is wanted
          case Pcap.End _ -> {
            walk.finish(found -> take(found, taker));
            return;
          }
        }
      }
    }
  }

  private static void take(Found found, Consumer<Capture> taker) {
    switch (found) {
      case Found.Message message -> taker.accept(capture(message));
      case Found.Malformed _ -> {} // as above
    }
  }

  private static Capture capture(Found.Message message) {
    return new Capture(
        message.time() + UNDERWAY,
        message.time(),
        message.transport(),
        message.source(),
        message.destination(),
        AGENT,
        "",
        SourceKind.HEP,
        message.sip());
  }
}
