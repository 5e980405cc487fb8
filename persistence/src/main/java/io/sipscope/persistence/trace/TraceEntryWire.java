package io.sipscope.persistence.trace;

import io.sipscope.persistence.trace.TraceDestination.Hep;
import io.sipscope.persistence.trace.TraceDestination.HepTransport;
import io.sipscope.persistence.trace.TraceDestination.Sip;
import io.sipscope.persistence.wire.Unreadable;
import io.sipscope.persistence.wire.WireInput;
import io.sipscope.persistence.wire.WireOutput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/// Writes and reads a [TraceEntry], in the store and between nodes:
///
/// ```text
/// entry       = 1(u8) name(text) written(i64) kind(u8) value
/// value       = kind 0: on(u8); 1: dynamic; 2: nothing
/// dynamic     = id(text) route(text) shown(text) destination filters scope(text) sip(u8)
///               since(i64)
/// destination = 0(u8) host(text) port(u16) transport(text) version(u8), or
///               1(u8) host(text) port(u16)
/// filters     = count, each: kind(text) value(text)
/// ```
public final class TraceEntryWire extends SerializerWithStringManifest {
  private static final String ENTRY = "trace.entry/1";
  private static final int IDENTIFIER = 50_610;
  private static final int VERSION = 1;
  private static final int SMALL = 128;

  private static final int FLAG = 0;
  private static final int RUNNING = 1;
  private static final int GONE = 2;
  private static final int HEP = 0;
  private static final int SIP = 1;
  private static final int SMALLEST_FILTER = 2;

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object value) {
    return switch (value) {
      case TraceEntry _ -> ENTRY;
      default -> throw new IllegalArgumentException("no manifest for " + value.getClass());
    };
  }

  @Override
  public byte[] toBinary(Object value) {
    return switch (value) {
      case TraceEntry entry -> encode(entry);
      default -> throw new IllegalArgumentException("no bytes for " + value.getClass());
    };
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws Unreadable {
    if (!manifest.equals(ENTRY)) {
      throw new Unreadable("manifest " + manifest + " (this node reads " + ENTRY + ")");
    }
    return decode(bytes);
  }

  public static byte[] encode(TraceEntry entry) {
    var out = new WireOutput(SMALL);
    out.u8(VERSION);
    out.text(entry.name());
    out.i64(entry.written());
    switch (entry.value()) {
      case TraceEntry.Flag(var on) -> {
        out.u8(FLAG);
        out.u8(on ? 1 : 0);
      }
      case TraceEntry.Running(var trace) -> {
        out.u8(RUNNING);
        write(trace, out);
      }
      case TraceEntry.Gone() -> out.u8(GONE);
    }
    return out.toArray();
  }

  public static TraceEntry decode(byte[] bytes) throws Unreadable {
    var in = new WireInput(bytes);
    in.expectVersion(VERSION);
    var name = in.text();
    long written = in.i64();
    int kind = in.u8();
    var value =
        switch (kind) {
          case FLAG -> new TraceEntry.Flag(in.flag());
          case RUNNING -> new TraceEntry.Running(trace(in));
          case GONE -> new TraceEntry.Gone();
          default -> throw new Unreadable("kind " + kind + " of trace entry");
        };
    in.expectEnd();
    return new TraceEntry(name, written, value);
  }

  private static void write(DynamicTrace trace, WireOutput out) {
    out.text(trace.id());
    out.text(trace.route());
    out.text(trace.shown());
    switch (trace.destination()) {
      case Hep(var host, var port, var transport, var version) -> {
        out.u8(HEP);
        out.text(host);
        out.u16(port);
        out.text(transport.name());
        out.u8(version);
      }
      case Sip(var host, var port) -> {
        out.u8(SIP);
        out.text(host);
        out.u16(port);
      }
      case TraceDestination.Database _, TraceDestination.File _, TraceDestination.Syslog _ ->
          throw new IllegalArgumentException("a dynamic trace to " + trace.destination());
    }
    out.count(trace.filters().size());
    for (var filter : trace.filters()) {
      out.text(filter.kind().text());
      out.text(filter.value());
    }
    out.text(trace.scope().name());
    out.u8(TraceType.bits(trace.types())); // once only whether SIP is among them
    out.i64(trace.since());
  }

  private static DynamicTrace trace(WireInput in) throws Unreadable {
    return new DynamicTrace(
        in.text(),
        in.text(),
        in.text(),
        destination(in),
        filters(in),
        of(TraceScope.values(), in.text()),
        TraceType.ofBits(in.u8()),
        in.i64());
  }

  private static TraceDestination destination(WireInput in) throws Unreadable {
    int kind = in.u8();
    return switch (kind) {
      case HEP -> new Hep(in.text(), in.u16(), of(HepTransport.values(), in.text()), in.u8());
      case SIP -> new Sip(in.text(), in.u16());
      default -> throw new Unreadable("kind " + kind + " of trace destination");
    };
  }

  private static List<TraceFilter> filters(WireInput in) throws Unreadable {
    int count = in.elements(SMALLEST_FILTER);
    var filters = new ArrayList<TraceFilter>(count);
    for (int i = 0; i < count; i++) {
      filters.add(new TraceFilter(of(TraceFilter.Kind.values(), in.text()), in.text()));
    }
    return filters;
  }

  private static <T extends Enum<T>> T of(T[] values, String name) throws Unreadable {
    for (var value : values) {
      if (value.name().equalsIgnoreCase(name)) {
        return value;
      }
    }
    throw new Unreadable(name + " (wanted: one of " + Arrays.toString(values) + ")");
  }
}
