package io.sipscope.http.export;

import io.sipscope.protocol.Bytes;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.pcap.PcapngWriter;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// Captures as one pcapng file, with the addresses, transports and times they had on the wire.
final class PcapFile {
  private PcapFile() {}

  static Source<ByteString, NotUsed> of(Source<Capture, NotUsed> captures) {
    return Source.lazySource(
            () -> {
              var writer = new PcapngWriter();
              return Source.single(bytes(writer.start()))
                  .concat(
                      captures
                          .filterNot(capture -> capture.sip().isEmpty())
                          .map(capture -> bytes(writer.packet(capture))));
            })
        .mapMaterializedValue(_ -> NotUsed.getInstance());
  }

  private static ByteString bytes(Bytes bytes) {
    return ByteString.fromArrayUnsafe(bytes.array(), bytes.offset(), bytes.length());
  }
}
