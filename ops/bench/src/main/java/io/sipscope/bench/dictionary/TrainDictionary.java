package io.sipscope.bench.dictionary;

import com.github.luben.zstd.ZstdDictTrainer;
import io.sipscope.persistence.wire.CaptureWire;
import io.sipscope.persistence.wire.WireOutput;
import io.sipscope.protocol.capture.Capture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Makes the dictionary that the journal's events are compressed with, out of dialogs that are made
/// up here. The same options, `vendors.txt` and Zstandard library make the same bytes.
///
/// Dictionary 1 is what `--id 1` makes, and is never made anew: journals need it as it is. For a
/// dictionary 2, widen `vendors.txt` or the dialogs, write `sip-2.zdict` beside the first, and add
/// it to `SipDictionary`; when nodes of several versions share a journal, all of them must know it
/// before one of them writes with it.
@Command(name = "dictionary", mixinStandardHelpOptions = true)
public final class TrainDictionary implements Callable<Integer> {
  static final int SIZE = 32 * 1024;

  /// More samples than that made it no better.
  static final int SAMPLES = 40_000;

  private static final int ID_OFFSET = 4;

  @Option(names = "--id", defaultValue = "1", description = "its number, 1 to 255")
  private int id;

  @Option(names = "--size", defaultValue = "" + SIZE, description = "bytes (${DEFAULT-VALUE})")
  private int size;

  @Option(names = "--out", required = true, description = "the file to write")
  private Path out;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new TrainDictionary()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    Files.write(out, train(id, size));
    return 0;
  }

  static byte[] train(int id, int size) throws IOException {
    var samples = samples();
    var trainer =
        new ZstdDictTrainer(samples.stream().mapToInt(sample -> sample.length).sum(), size);
    for (var sample : samples) {
      if (!trainer.addSample(sample)) {
        throw new IllegalStateException("no room for a sample");
      }
    }
    var dictionary = trainer.trainSamples();
    ByteBuffer.wrap(dictionary).order(ByteOrder.LITTLE_ENDIAN).putInt(ID_OFFSET, id);
    return dictionary;
  }

  /// Single messages, as the journal has them: their beginnings, which later messages of a burst
  /// find in the first, are what a dictionary is for.
  private static List<byte[]> samples() throws IOException {
    var random = new Random(1);
    var vendors = Vendor.all();
    var samples = new ArrayList<byte[]>();
    while (samples.size() < SAMPLES) {
      for (var capture : MadeDialog.make(random, vendors)) {
        samples.add(encoded(List.of(capture)));
      }
    }
    return samples;
  }

  static byte[] encoded(List<Capture> burst) {
    var out = new WireOutput(CaptureWire.size(burst));
    CaptureWire.write(burst, out);
    return out.toArray();
  }
}
