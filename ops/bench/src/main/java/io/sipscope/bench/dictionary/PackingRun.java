package io.sipscope.bench.dictionary;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdDictDecompress;
import io.sipscope.bench.CapturedMessages;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Bytes and microseconds a message that compression takes and gives, over capture files: for
/// bursts of some sizes, with dictionaries of some sizes, at some levels. One thread, its processor
/// time.
@Command(name = "packing", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class PackingRun implements Callable<Integer> {
  private static final List<Integer> BURSTS = List.of(1, 2, 3, 7);
  private static final int REPEATS = 5;
  private static final int KIBIBYTE = 1024;
  private static final double NANOS = 1e3;

  @Parameters(arity = "1..*", description = "Capture files and folders of them.")
  private List<Path> paths;

  @Option(names = "--dictionaries", split = ",", defaultValue = "0,8,16,32,64,112")
  private List<Integer> kibibytes;

  @Option(names = "--levels", split = ",", defaultValue = "-5,-1,1,2,3")
  private List<Integer> levels;

  @Option(names = "--most", defaultValue = "20000", description = "Messages measured.")
  private int most;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new PackingRun()).execute(arguments));
  }

  private record Measured(long raw, long packed, double packMicros, double unpackMicros) {}

  @Override
  public Integer call() throws IOException {
    var dialogs = dialogs();
    System.out.printf(
        "%d messages of %d dialogs%ndictionary level |", messages(dialogs), dialogs.size());
    BURSTS.forEach(size -> System.out.printf(" %d a burst: bytes, us, us back |", size));
    System.out.println();
    for (int kibibyte : kibibytes) {
      var dictionary =
          kibibyte == 0
              ? Optional.<byte[]>empty()
              : Optional.of(TrainDictionary.train(1, kibibyte * KIBIBYTE));
      for (int level : levels) {
        System.out.printf("%7d KiB %5d |", kibibyte, level);
        for (int size : BURSTS) {
          var bursts = bursts(dialogs, size);
          var m = measure(bursts, dictionary, level);
          double messages = bursts.size() * (double) size;
          System.out.printf(
              " %.0f > %.0f, %.2f, %.2f |",
              m.raw() / messages,
              m.packed() / messages,
              m.packMicros() / messages,
              m.unpackMicros() / messages);
        }
        System.out.println();
      }
    }
    return 0;
  }

  private static long messages(List<List<Capture>> dialogs) {
    return dialogs.stream().mapToLong(List::size).sum();
  }

  /// The fastest of some runs, so that the first, before the code is compiled, does not count.
  private static Measured measure(List<byte[]> bursts, Optional<byte[]> dictionary, int level) {
    try (var writer = new ZstdCompressCtx();
        var reader = new ZstdDecompressCtx()) {
      writer.setLevel(level).setChecksum(true);
      dictionary.ifPresent(bytes -> writer.loadDict(new ZstdDictCompress(bytes, level)));
      dictionary.ifPresent(bytes -> reader.loadDict(new ZstdDictDecompress(bytes)));
      var best = new Measured(0, 0, Double.MAX_VALUE, Double.MAX_VALUE);
      for (int i = 0; i < REPEATS; i++) {
        var next = once(bursts, writer, reader);
        best =
            new Measured(
                next.raw(),
                next.packed(),
                Math.min(best.packMicros(), next.packMicros()),
                Math.min(best.unpackMicros(), next.unpackMicros()));
      }
      return best;
    }
  }

  private static Measured once(
      List<byte[]> bursts, ZstdCompressCtx writer, ZstdDecompressCtx reader) {
    long start = processorNanos();
    var packed = new ArrayList<byte[]>(bursts.size());
    for (var burst : bursts) {
      packed.add(writer.compress(burst));
    }
    long middle = processorNanos();
    for (int i = 0; i < bursts.size(); i++) {
      var back = reader.decompress(packed.get(i), bursts.get(i).length);
      if (back.length != bursts.get(i).length) {
        throw new IllegalStateException(back.length + " bytes came back");
      }
    }
    double unpackMicros = (processorNanos() - middle) / NANOS;
    return new Measured(bytes(bursts), bytes(packed), (middle - start) / NANOS, unpackMicros);
  }

  private static long processorNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long bytes(List<byte[]> arrays) {
    return arrays.stream().mapToLong(array -> array.length).sum();
  }

  /// Each dialog cut into bursts of that many messages; what is left over is left out.
  private List<byte[]> bursts(List<List<Capture>> dialogs, int size) {
    var bursts = new ArrayList<byte[]>();
    for (var dialog : dialogs) {
      for (int at = 0; at + size <= dialog.size() && bursts.size() * size < most; at += size) {
        bursts.add(TrainDictionary.encoded(dialog.subList(at, at + size)));
      }
    }
    return bursts;
  }

  private List<List<Capture>> dialogs() throws IOException {
    Map<String, List<Capture>> dialogs = new LinkedHashMap<>();
    for (var path : paths) {
      try (Stream<Path> files = Files.walk(path)) {
        for (var file : files.filter(f -> f.toString().matches(".*\\.pcap(ng)?")).toList()) {
          CapturedMessages.forEach(
              file,
              capture ->
                  dialogs.computeIfAbsent(callId(capture), _ -> new ArrayList<>()).add(capture));
        }
      }
    }
    return List.copyOf(dialogs.values());
  }

  private static String callId(Capture capture) {
    return SipParser.parse(capture.sip()) instanceof SipMessage message
        ? message.callId().toString()
        : "";
  }
}
