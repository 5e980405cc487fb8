package io.sipscope.protocol.pcap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// Everything that a capture gave up to its end.
record Recording(List<Pcap.Frame> frames, List<Pcap.Malformed> faults) {

  static Recording of(byte[] capture) throws IOException {
    return of(new ByteArrayInputStream(capture));
  }

  static Recording of(InputStream capture) throws IOException {
    var frames = new ArrayList<Pcap.Frame>();
    var faults = new ArrayList<Pcap.Malformed>();
    try (var file = CaptureFile.open(capture)) {
      while (true) {
        switch (file.next()) {
          case Pcap.Frame frame -> frames.add(frame);
          case Pcap.Malformed fault -> faults.add(fault);
          case Pcap.End _ -> {
            return new Recording(frames, faults);
          }
        }
      }
    }
  }

  List<String> reasons() {
    return faults.stream().map(Pcap.Malformed::reason).toList();
  }
}
