package io.sipscope.persistence.index;

import io.sipscope.persistence.wire.CaptureWire;
import io.sipscope.persistence.wire.Unreadable;
import io.sipscope.persistence.wire.WireInput;
import io.sipscope.persistence.wire.WireOutput;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.dialog.DialogSummary;
import io.sipscope.protocol.dialog.Phase;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// How a [DialogSummary] is written: in the index's `summary` column and between nodes. Its first
/// byte is the version; codes are given once and never given again.
public final class SummaryWire {
  private static final int VERSION = 2;

  /// Verdicts had no version, place and notes.
  private static final int WITHOUT_NOTES = 1;

  private static final int TYPICAL_SIZE = 512;
  private static final int SMALLEST_ENDPOINT = 1 + 4 + 2;

  private SummaryWire() {}

  public static byte[] encode(DialogSummary summary) {
    var out = new WireOutput(TYPICAL_SIZE);
    out.u8(VERSION);
    out.text(summary.callId());
    out.i64(summary.startedAt());
    out.i64(summary.updatedAt());
    out.optional(summary.endedAt());
    out.u8(code(summary.phase()));
    out.optional(summary.expiresAt());
    out.text(summary.method());
    out.text(summary.caller());
    out.text(summary.callee());
    out.text(summary.fromTag());
    texts(summary.toTags(), out);
    out.text(summary.ruri());
    endpoint(summary.source(), out);
    endpoint(summary.destination(), out);
    out.count(summary.addresses().size());
    for (var address : summary.addresses()) {
      endpoint(address, out);
    }
    out.text(summary.userAgent());
    out.count(summary.status().isPresent() ? summary.status().getAsInt() + 1L : 0);
    out.count(summary.messages());
    out.count(summary.retransmissions());
    out.optional(summary.setup());
    out.optional(summary.ring());
    out.optional(summary.duration());
    out.count(summary.agents().size());
    for (var agent : summary.agents()) {
      out.count(agent.id());
      out.text(agent.name());
    }
    verdict(summary.verdict(), out);
    return out.toArray();
  }

  public static DialogSummary decode(byte[] bytes) throws Unreadable {
    var in = new WireInput(bytes);
    int version = in.u8();
    if (version != VERSION && version != WITHOUT_NOTES) {
      throw new Unreadable("version " + version + " (this node reads up to " + VERSION + ")");
    }
    var summary =
        new DialogSummary(
            in.text(),
            in.i64(),
            in.i64(),
            in.optional(),
            phase(in.u8()),
            in.optional(),
            in.text(),
            in.text(),
            in.text(),
            in.text(),
            texts(in),
            in.text(),
            endpoint(in),
            endpoint(in),
            endpoints(in),
            in.text(),
            status(in.count()),
            in.count(),
            in.count(),
            in.optional(),
            in.optional(),
            in.optional(),
            agents(in),
            version == WITHOUT_NOTES ? verdictWithoutNotes(in) : verdict(in));
    in.expectEnd();
    return summary;
  }

  private static OptionalInt status(long plusOne) throws Unreadable {
    if (plusOne > Integer.MAX_VALUE) {
      throw new Unreadable("status " + plusOne);
    }
    return plusOne == 0 ? OptionalInt.empty() : OptionalInt.of((int) plusOne - 1);
  }

  private static void texts(List<String> texts, WireOutput out) {
    out.count(texts.size());
    texts.forEach(out::text);
  }

  private static List<String> texts(WireInput in) throws Unreadable {
    int count = in.elements(1);
    var texts = new ArrayList<String>(count);
    for (int i = 0; i < count; i++) {
      texts.add(in.text());
    }
    return List.copyOf(texts);
  }

  private static List<Agent> agents(WireInput in) throws Unreadable {
    int count = in.elements(2);
    var agents = new ArrayList<Agent>(count);
    for (int i = 0; i < count; i++) {
      agents.add(new Agent(in.count(), in.text()));
    }
    return List.copyOf(agents);
  }

  private static void endpoint(Endpoint endpoint, WireOutput out) {
    out.u8(endpoint.address().v6() ? 1 : 0);
    CaptureWire.write(endpoint, out);
  }

  private static Endpoint endpoint(WireInput in) throws Unreadable {
    return CaptureWire.endpoint(in, in.flag());
  }

  private static List<Endpoint> endpoints(WireInput in) throws Unreadable {
    int count = in.elements(SMALLEST_ENDPOINT);
    var endpoints = new ArrayList<Endpoint>(count);
    for (int i = 0; i < count; i++) {
      endpoints.add(endpoint(in));
    }
    return List.copyOf(endpoints);
  }

  private static void verdict(Verdict verdict, WireOutput out) {
    out.u8(code(verdict.level()));
    out.text(verdict.title());
    out.text(verdict.detail());
    out.text(verdict.rule());
    out.count(verdict.version());
    out.text(verdict.where());
    out.count(verdict.notes().size());
    for (var note : verdict.notes()) {
      out.count(note.seq());
      out.text(note.text());
    }
  }

  private static Verdict verdict(WireInput in) throws Unreadable {
    var level = level(in.u8());
    var title = in.text();
    var detail = in.text();
    var rule = in.text();
    long version = in.count();
    if (version > Integer.MAX_VALUE) {
      throw new Unreadable("rule version " + version);
    }
    var where = in.text();
    int count = in.elements(2);
    var notes = new ArrayList<Verdict.Note>(count);
    for (int i = 0; i < count; i++) {
      notes.add(new Verdict.Note(in.count(), in.text()));
    }
    return new Verdict(level, title, detail, rule, (int) version, where, notes);
  }

  private static Verdict verdictWithoutNotes(WireInput in) throws Unreadable {
    var level = level(in.u8());
    var title = in.text();
    var detail = in.text();
    int count = in.elements(1);
    var evidence = new ArrayList<Long>(count);
    for (int i = 0; i < count; i++) {
      evidence.add(in.count());
    }
    return new Verdict(level, title, detail, List.copyOf(evidence), in.text());
  }

  private static int code(Phase phase) {
    return switch (phase) {
      case TRYING -> 0;
      case EARLY -> 1;
      case CONFIRMED -> 2;
      case TERMINATED -> 3;
      case FAILED -> 4;
      case CANCELLED -> 5;
      case EXPIRED -> 6;
    };
  }

  private static Phase phase(int code) throws Unreadable {
    return switch (code) {
      case 0 -> Phase.TRYING;
      case 1 -> Phase.EARLY;
      case 2 -> Phase.CONFIRMED;
      case 3 -> Phase.TERMINATED;
      case 4 -> Phase.FAILED;
      case 5 -> Phase.CANCELLED;
      case 6 -> Phase.EXPIRED;
      default -> throw new Unreadable("phase code " + code);
    };
  }

  private static int code(Verdict.Level level) {
    return switch (level) {
      case GOOD -> 0;
      case WARN -> 1;
      case BAD -> 2;
      case INFO -> 3;
    };
  }

  private static Verdict.Level level(int code) throws Unreadable {
    return switch (code) {
      case 0 -> Verdict.Level.GOOD;
      case 1 -> Verdict.Level.WARN;
      case 2 -> Verdict.Level.BAD;
      case 3 -> Verdict.Level.INFO;
      default -> throw new Unreadable("verdict level code " + code);
    };
  }
}
