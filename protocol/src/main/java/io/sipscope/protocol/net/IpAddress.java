package io.sipscope.protocol.net;

import io.sipscope.protocol.Bytes;
import java.util.Optional;

/// An IPv4 or IPv6 address as a value: 16 bytes in two longs, IPv4 in the low 32 bits of `low`.
/// An IPv4-mapped IPv6 address stays IPv6: it is what the packet said.
public record IpAddress(long high, long low, boolean v6) {

  public static IpAddress v4(long address) {
    return new IpAddress(0, address & 0xffff_ffffL, false);
  }

  public static IpAddress v6(long high, long low) {
    return new IpAddress(high, low, true);
  }

  /// Reads 4 bytes in network order.
  public static IpAddress v4(Bytes bytes, int at) {
    return v4(bytes.u32(at));
  }

  /// Reads 16 bytes in network order.
  public static IpAddress v6(Bytes bytes, int at) {
    return v6(
        bytes.u32(at) << 32 | bytes.u32(at + 4), bytes.u32(at + 8) << 32 | bytes.u32(at + 12));
  }

  /// Reads an address literal, IPv4 dotted or IPv6 with or without brackets; a name is not one.
  public static Optional<IpAddress> parse(String text) {
    var bare =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    return bare.indexOf(':') >= 0 ? parseV6(bare) : parseV4(bare);
  }

  private static Optional<IpAddress> parseV4(String text) {
    var parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    long address = 0;
    for (var part : parts) {
      if (part.isEmpty()
          || part.length() > 3
          || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return Optional.empty();
      }
      int octet = Integer.parseInt(part);
      if (octet > 255) {
        return Optional.empty();
      }
      address = address << 8 | octet;
    }
    return Optional.of(v4(address));
  }

  private static Optional<IpAddress> parseV6(String text) {
    int gap = text.indexOf("::");
    if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
      return Optional.empty();
    }
    var groups = new int[8];
    int head =
        gap < 0 ? readGroups(text, groups, 0) : readGroups(text.substring(0, gap), groups, 0);
    if (head < 0 || (gap < 0 && head != 8)) {
      return Optional.empty();
    }
    if (gap >= 0) {
      var tail = new int[8];
      int count = readGroups(text.substring(gap + 2), tail, 0);
      if (count < 0 || head + count > 7) {
        return Optional.empty();
      }
      System.arraycopy(tail, 0, groups, 8 - count, count);
    }
    long high = 0;
    long low = 0;
    for (int i = 0; i < 4; i++) {
      high = high << 16 | groups[i];
      low = low << 16 | groups[i + 4];
    }
    return Optional.of(v6(high, low));
  }

  /// Reads colon-separated groups, the last of which may be dotted IPv4; answers how many, or -1.
  private static int readGroups(String text, int[] groups, int start) {
    if (text.isEmpty()) {
      return start;
    }
    int count = start;
    var parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      var part = parts[i];
      if (part.indexOf('.') >= 0) {
        var v4 = parseV4(part);
        if (v4.isEmpty() || i != parts.length - 1 || count > 6) {
          return -1;
        }
        groups[count++] = (int) (v4.get().low() >>> 16);
        groups[count++] = (int) (v4.get().low() & 0xffff);
      } else {
        if (count > 7
            || part.isEmpty()
            || part.length() > 4
            || !part.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128)) {
          return -1;
        }
        groups[count++] = Integer.parseInt(part, 16);
      }
    }
    return count;
  }

  /// The address in network order: 4 or 16 bytes.
  public byte[] bytes() {
    var bytes = new byte[v6 ? 16 : 4];
    for (int i = bytes.length - 1, shift = 0; i >= 0; i--, shift += 8) {
      bytes[i] = (byte) (shift < 64 ? low >>> shift : high >>> (shift - 64));
    }
    return bytes;
  }

  /// Dotted IPv4, or IPv6 in the canonical text of RFC 5952, without brackets.
  @Override
  public String toString() {
    if (!v6) {
      return (low >>> 24)
          + "."
          + (low >>> 16 & 0xff)
          + "."
          + (low >>> 8 & 0xff)
          + "."
          + (low & 0xff);
    }
    int longestStart = -1;
    int longest = 1;
    for (int i = 0; i < 8; i++) {
      int run = i;
      while (run < 8 && group(run) == 0) {
        run++;
      }
      if (run - i > longest) {
        longest = run - i;
        longestStart = i;
      }
    }
    var text = new StringBuilder(39);
    for (int i = 0; i < 8; i++) {
      if (i == longestStart) {
        text.append("::");
        i += longest - 1;
        continue;
      }
      if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
        text.append(':');
      }
      text.append(Integer.toHexString(group(i)));
    }
    return text.toString();
  }

  private int group(int index) {
    return (int) ((index < 4 ? high >>> (48 - 16 * index) : low >>> (112 - 16 * index)) & 0xffff);
  }
}
