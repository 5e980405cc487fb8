package io.sipscope.testing;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Inputs made from good ones by a few random changes: bytes, lengths, cuts, and pieces moved. The
/// same seed makes the same inputs.
public final class Mutations {
  /// How many inputs each decoder is given. CI's fuzz step passes ten million.
  public static final long INPUTS = Long.getLong("sipscope.fuzz.inputs", 200_000);

  private static final int[] TELLING = {0, 1, 4, 5, 6, 7, 8, 11, 12, 16, 0x7f, 0x80, 0xfe, 0xff};
  private static final int MAX_CHANGES = 6;
  private static final int MAX_PIECE = 40;

  private final List<byte[]> seeds;
  private final Random random;

  public Mutations(List<byte[]> seeds, Random random) {
    this.seeds = List.copyOf(seeds);
    this.random = random;
  }

  public byte[] next() {
    var bytes = seeds.get(random.nextInt(seeds.size())).clone();
    for (int left = 1 + random.nextInt(MAX_CHANGES); left > 0 && bytes.length > 0; left--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] = (byte) TELLING[random.nextInt(TELLING.length)];
        case 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 3 -> bytes[at] += (byte) (random.nextInt(3) - 1);
        case 4 -> {
          int length = random.nextInt(Math.min(MAX_PIECE, bytes.length - at) + 1);
          System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), bytes, at, length);
        }
        default -> {
          if (random.nextInt(4) == 0) {
            bytes = Arrays.copyOf(bytes, at);
          }
        }
      }
    }
    return bytes;
  }

  public static byte[] joined(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (var part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
