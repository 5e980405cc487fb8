package io.sipscope.persistence.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/// Bytes that were deflated (RFC 1951, in the wrapping of RFC 1950), for values of many like texts.
public final class Packed {
  /// Far above any value that is packed; damaged bytes could ask for more.
  private static final int MAX_BYTES = 16 << 20;

  private Packed() {}

  public static byte[] of(WireOutput value) {
    var packed = new ByteArrayOutputStream(value.size() / 2);
    var deflater = new Deflater(Deflater.BEST_SPEED);
    try (var out = new DeflaterOutputStream(packed, deflater)) {
      out.write(value.array(), 0, value.size());
    } catch (IOException e) {
      throw new AssertionError("an array does not fail to be written", e);
    } finally {
      deflater.end();
    }
    return packed.toByteArray();
  }

  /// What was packed; damaged bytes are [Unreadable].
  public static byte[] open(byte[] packed) throws Unreadable {
    try (var in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      var value = in.readNBytes(MAX_BYTES);
      if (in.read() >= 0) {
        throw new Unreadable("more than " + MAX_BYTES + " bytes were packed");
      }
      return value;
    } catch (Unreadable e) {
      throw e;
    } catch (IOException e) {
      throw new Unreadable("packed bytes: " + e.getMessage());
    }
  }
}
