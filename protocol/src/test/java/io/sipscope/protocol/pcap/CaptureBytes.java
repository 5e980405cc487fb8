package io.sipscope.protocol.pcap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/// Captures built by code, in either byte order.
final class CaptureBytes {
  /// 2025-11-21T00:00:00Z.
  static final long SECONDS = 1_763_683_200L;

  static final int MICROS = 0xa1b2c3d4;
  static final int NANOS = 0xa1b23c4d;
  static final int KUZNETZOV = 0xa1b2cd34;

  private final boolean little;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  CaptureBytes(boolean little) {
    this.little = little;
  }

  static CaptureBytes pcap(boolean little, int magic, long network) {
    return new CaptureBytes(little).u32(magic).u16(2).u16(4).u32(0).u32(0).u32(65_535).u32(network);
  }

  CaptureBytes record(long fraction, byte[] data) {
    return u32(SECONDS).u32(fraction).u32(data.length).u32(data.length + 10).bytes(data);
  }

  CaptureBytes section() {
    return block(
        0x0a0d0d0a, new CaptureBytes(little).u32(0x1a2b3c4d).u16(1).u16(0).u32(-1).u32(-1));
  }

  /// An interface with options given as code, value, code, value.
  CaptureBytes anInterface(int linkType, CaptureBytes options) {
    return block(1, new CaptureBytes(little).u16(linkType).u16(0).u32(0).bytes(options.done()));
  }

  CaptureBytes option(int code, byte[] value) {
    return u16(code).u16(value.length).bytes(value).padded();
  }

  CaptureBytes enhanced(int id, long units, byte[] data) {
    return block(
        6,
        new CaptureBytes(little)
            .u32(id)
            .u32(units >>> 32)
            .u32(units)
            .u32(data.length)
            .u32(data.length)
            .bytes(data));
  }

  CaptureBytes block(int type, CaptureBytes body) {
    body.padded();
    int length = body.out.size() + 12;
    return u32(type).u32(length).bytes(body.done()).u32(length);
  }

  CaptureBytes u8(int value) {
    out.write(value);
    return this;
  }

  CaptureBytes u16(int value) {
    return little ? u8(value).u8(value >>> 8) : u8(value >>> 8).u8(value);
  }

  CaptureBytes u32(long value) {
    int low = (int) value;
    return little ? u16(low).u16(low >>> 16) : u16(low >>> 16).u16(low);
  }

  CaptureBytes bytes(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  CaptureBytes padded() {
    while (out.size() % 4 != 0) {
      out.write(0);
    }
    return this;
  }

  byte[] done() {
    return out.toByteArray();
  }

  static byte[] data(int size, int fill) {
    var data = new byte[size];
    Arrays.fill(data, (byte) fill);
    return data;
  }

  static byte[] gzip(byte[] plain) {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
