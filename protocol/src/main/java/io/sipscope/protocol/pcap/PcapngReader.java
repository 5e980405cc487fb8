package io.sipscope.protocol.pcap;

import io.sipscope.protocol.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads pcapng (draft-ietf-opsawg-pcapng): blocks of *type(4) length(4) body length(4)*. A
/// section header sets the byte order and forgets the interfaces before it; packets come in
/// Enhanced, Simple and the obsolete Packet Blocks; every other block (names, statistics, secrets,
/// custom, unknown) is passed over without being held.
final class PcapngReader implements CaptureFile.Reader {
  static final int SECTION_HEADER = 0x0a0d0d0a;

  private static final int INTERFACE_DESCRIPTION = 1;
  private static final int PACKET = 2;
  private static final int SIMPLE_PACKET = 3;
  private static final int ENHANCED_PACKET = 6;

  private static final int BIG_ENDIAN_MAGIC = 0x1a2b3c4d;

  /// Type, length, and the length again.
  private static final int BLOCK_FRAME = 12;

  private static final int BLOCK_HEAD = 8;
  private static final int SECTION_BODY = 16;
  private static final int INTERFACE_BODY = 8;
  private static final int PACKET_BODY = 20;
  private static final int SIMPLE_PACKET_BODY = 4;

  private static final int OPTION_END = 0;
  private static final int OPTION_TIME_RESOLUTION = 9;
  private static final int OPTION_TIME_OFFSET = 14;

  /// As many as the obsolete Packet Block can name; beyond it a section only costs memory.
  private static final int MAX_INTERFACES = 1 << 16;

  /// @param snapLength 0 = unlimited
  private record Interface(int linkType, long snapLength, TimeUnits units) {}

  private final Input input;
  private final List<Interface> interfaces = new ArrayList<>();
  private long bodyLeft;

  PcapngReader(Input input) {
    this.input = input;
  }

  @Override
  public Pcap next() throws IOException {
    while (true) {
      if (!input.has(BLOCK_HEAD)) {
        return input.endOr("a block's head has " + BLOCK_HEAD);
      }
      int type = (int) input.u32(0);
      if (type == SECTION_HEADER) {
        var fault = readByteOrder();
        if (fault.isPresent()) {
          return fault.get();
        }
      }
      long length = input.u32(4);
      if (length < BLOCK_FRAME) {
        return input.lost(Reason.BLOCK_LENGTH, "block of " + length + " bytes (12 or more)");
      }
      input.skip(BLOCK_HEAD);
      bodyLeft = (length + 3 & ~3L) - BLOCK_FRAME;
      var found = body(type);
      if (input.isLost()) {
        return found.orElseThrow();
      }
      if (!input.skip(bodyLeft) || !input.has(4)) {
        return input.lost(Reason.CUT_SHORT, "ends in a block of " + length + " bytes");
      }
      long again = input.u32(0);
      if (again != length) {
        return input.lost(
            Reason.BLOCK_LENGTH, "length " + again + " at the end of a block of " + length);
      }
      input.skip(4);
      if (found.isPresent()) {
        return found.get();
      }
    }
  }

  private Optional<Pcap> readByteOrder() throws IOException {
    if (!input.has(BLOCK_FRAME)) {
      return Optional.of(input.endOr("a section header has 28"));
    }
    input.littleEndian(false);
    int magic = (int) input.u32(8);
    boolean little = magic == Integer.reverseBytes(BIG_ENDIAN_MAGIC);
    input.littleEndian(little);
    return little || magic == BIG_ENDIAN_MAGIC
        ? Optional.empty()
        : Optional.of(
            input.lost(Reason.BYTE_ORDER, "0x%08x (0x1a2b3c4d in either order)".formatted(magic)));
  }

  /// Reads what a block of this type tells; what of its body is left over is the caller's to skip.
  private Optional<Pcap> body(int type) throws IOException {
    return switch (type) {
      case SECTION_HEADER -> {
        var fault = fixedPart(SECTION_BODY);
        yield fault.isPresent() ? fault : section();
      }
      case INTERFACE_DESCRIPTION -> {
        var fault = fixedPart(INTERFACE_BODY);
        yield fault.isPresent() ? fault : anInterface();
      }
      case ENHANCED_PACKET, PACKET -> {
        var fault = fixedPart(PACKET_BODY);
        yield fault.isPresent() ? fault : Optional.of(packet(type));
      }
      case SIMPLE_PACKET -> {
        var fault = fixedPart(SIMPLE_PACKET_BODY);
        yield fault.isPresent() ? fault : Optional.of(simplePacket());
      }
      default -> Optional.empty();
    };
  }

  private Optional<Pcap> fixedPart(int bytes) throws IOException {
    if (bodyLeft < bytes) {
      return Optional.of(
          input.malformed(
              Reason.BLOCK_LENGTH, "body of " + bodyLeft + " bytes (" + bytes + " or more)"));
    }
    return input.has(bytes)
        ? Optional.empty()
        : Optional.of(input.lost(Reason.CUT_SHORT, input.left() + " bytes left (" + bytes + ")"));
  }

  /// Versions 1.0 and 1.2 are the same; of any other the format is unknown.
  private Optional<Pcap> section() {
    int major = input.u16(4);
    int minor = input.u16(6);
    interfaces.clear();
    return major == 1 && (minor == 0 || minor == 2)
        ? Optional.empty()
        : Optional.of(
            input.lost(Reason.VERSION, "version " + major + "." + minor + " (1.0 or 1.2)"));
  }

  private Optional<Pcap> anInterface() throws IOException {
    int linkType = input.u16(0);
    long snapLength = input.u32(4);
    pass(INTERFACE_BODY);
    var units = TimeUnits.MICROSECONDS;
    Optional<Pcap> fault = Optional.empty();
    while (bodyLeft >= 4 && input.has(4)) {
      int code = input.u16(0);
      int length = input.u16(2);
      int padded = length + 3 & ~3;
      pass(4);
      if (code == OPTION_END) {
        break;
      }
      if (padded > bodyLeft) {
        fault =
            Optional.of(
                input.malformed(
                    Reason.OPTIONS, "option of " + length + " bytes (" + bodyLeft + " left)"));
        break;
      }
      if (!input.has(Math.min(padded, 8))) {
        break;
      }
      if (code == OPTION_TIME_RESOLUTION && length == 1) {
        units = units.resolution(input.u8(0));
      } else if (code == OPTION_TIME_OFFSET && length == 8) {
        units = units.offset(input.i64(0));
      }
      pass(padded);
    }
    if (interfaces.size() == MAX_INTERFACES) {
      return Optional.of(
          input.malformed(Reason.INTERFACE, "one more than " + MAX_INTERFACES + " interfaces"));
    }
    interfaces.add(new Interface(linkType, snapLength, units));
    return fault;
  }

  private Pcap packet(int type) throws IOException {
    long id = type == PACKET ? input.u16(0) : input.u32(0);
    long units = input.u32(4) << 32 | input.u32(8);
    long captured = input.u32(12);
    long original = input.u32(16);
    if (id >= interfaces.size()) {
      return noInterface(id);
    }
    var from = interfaces.get((int) id);
    pass(PACKET_BODY);
    return frame(from, from.units().nanos(units), captured, original);
  }

  private Pcap simplePacket() throws IOException {
    long original = input.u32(0);
    if (interfaces.isEmpty()) {
      return noInterface(0);
    }
    var from = interfaces.getFirst();
    pass(SIMPLE_PACKET_BODY);
    long limit = from.snapLength() == 0 ? original : Math.min(original, from.snapLength());
    return frame(from, 0, Math.min(limit, bodyLeft), original);
  }

  private Pcap.Malformed noInterface(long id) {
    return input.malformed(
        Reason.INTERFACE, "interface " + id + " (the section has " + interfaces.size() + ")");
  }

  private Pcap frame(Interface from, long time, long captured, long original) throws IOException {
    if (captured > bodyLeft || captured > PcapReader.MAX_PACKET_BYTES) {
      return input.malformed(
          Reason.PACKET_LENGTH, "packet of " + captured + " bytes (" + bodyLeft + " left)");
    }
    Bytes data = input.take((int) captured);
    bodyLeft -= data.length();
    return new Pcap.Frame(from.linkType(), time, data, original);
  }

  private void pass(int bytes) throws IOException {
    if (input.skip(bytes)) {
      bodyLeft -= bytes;
    }
  }
}
