package io.sipscope.persistence.dialog;

import io.sipscope.persistence.index.DialogRow;
import io.sipscope.persistence.index.SummaryWire;
import io.sipscope.persistence.wire.CaptureWire;
import io.sipscope.persistence.wire.NewerVersion;
import io.sipscope.persistence.wire.SipFrames;
import io.sipscope.persistence.wire.Unreadable;
import io.sipscope.persistence.wire.WireInput;
import io.sipscope.persistence.wire.WireOutput;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.dialog.Rung;
import io.sipscope.protocol.dialog.Seen;
import io.sipscope.protocol.sip.Sip;
import io.sipscope.protocol.sip.SipMessage;
import io.sipscope.protocol.sip.SipParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/// Writes and reads everything of a [Dialog] that leaves its memory: its event for the journal, its
/// commands and answers for other nodes. The manifest names the kind and its version, never a
/// class, so that code may move and old journals stay readable; every value begins with its version
/// once more, for bytes that lost their manifest.
///
/// What nodes say to each other lives for a moment and is not compressed as the event is
/// ([ObservedWire]).
///
/// Whatever cannot be read is [Unreadable], which stops the one dialog or message it belongs to;
/// an event that is damaged becomes [Dialog.Unread] instead, and stops nothing. What a
/// newer version wrote ([NewerVersion]) is not damaged, and must not be passed over.
public final class DialogWire extends SerializerWithStringManifest {
  public static final String OBSERVED = "dialog.observed/2";
  private static final String OBSERVED_1 = "dialog.observed/1";
  private static final String OBSERVED_3 = "dialog.observed/3";
  private static final String OBSERVE = "dialog.observe/1";
  private static final String ACK = "dialog.ack/1";
  private static final String DESCRIBE = "dialog.describe/1";
  private static final String DESCRIPTION = "dialog.description/1";
  private static final String DESCRIPTION_2 = "dialog.description/2";
  private static final String TRAFFIC = "dialog.traffic/1";

  /// Journals name their serializer by this number: it never changes.
  private static final int IDENTIFIER = 50_601;

  private static final int VERSION = 1;
  private static final int SMALL = 128;
  private static final int SMALLEST_RUNG = 33;

  private final ActorRefResolver refs;

  public DialogWire(ExtendedActorSystem system) {
    refs = ActorRefResolver.get(Adapter.toTyped(system));
    SipFrames.load();
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object value) {
    return switch (value) {
      case Dialog.Observed(var _, var marks, var _) -> marks.isEmpty() ? OBSERVED : OBSERVED_3;
      case Dialog.Observe _ -> OBSERVE;
      case Dialog.Ack _ -> ACK;
      case Dialog.Describe _ -> DESCRIBE;
      case Dialog.Description(var dialog) -> isDamaged(dialog) ? DESCRIPTION_2 : DESCRIPTION;
      case Traffic _ -> TRAFFIC;
      default -> throw new IllegalArgumentException("no manifest for " + value.getClass());
    };
  }

  @Override
  public byte[] toBinary(Object value) {
    return switch (value) {
      case Dialog.Observed(var captures, var marks, var _) -> ObservedWire.encode(captures, marks);
      case Dialog.Observe(var burst, var replyTo) -> encode(burst, replyTo);
      case Dialog.Ack ack -> encode(ack);
      case Dialog.Describe(var replyTo) -> encode(replyTo);
      case Dialog.Description(var dialog) -> encode(dialog);
      case Traffic traffic -> encode(traffic);
      default -> throw new IllegalArgumentException("no bytes for " + value.getClass());
    };
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws Unreadable {
    return switch (manifest) {
      case OBSERVED, OBSERVED_1, OBSERVED_3 -> event(bytes, manifest);
      default -> message(bytes, manifest);
    };
  }

  private static Dialog.Event event(byte[] bytes, String manifest) throws NewerVersion {
    try {
      var in = new WireInput(bytes);
      var event =
          switch (manifest) {
            case OBSERVED_1 -> ObservedWire.decodeFirst(in);
            case OBSERVED_3 -> ObservedWire.decodeMarked(in);
            default -> ObservedWire.decode(in);
          };
      in.expectEnd();
      return event;
    } catch (NewerVersion e) {
      throw e;
    } catch (Unreadable e) {
      return new Dialog.Unread(0, e.getMessage());
    }
  }

  private Object message(byte[] bytes, String manifest) throws Unreadable {
    var in = new WireInput(bytes);
    var value =
        switch (manifest) {
          case OBSERVE ->
              new Dialog.Observe(CaptureWire.readAll(first(in)), this.<Dialog.Ack>ref(in));
          case ACK -> ack(first(in));
          case DESCRIBE -> new Dialog.Describe(this.<Dialog.Description>ref(first(in)));
          case DESCRIPTION -> description(first(in), false);
          case DESCRIPTION_2 -> description(first(in), true);
          case TRAFFIC -> traffic(first(in));
          default ->
              throw new NewerVersion(
                  "manifest " + manifest + " (the newest event here is " + OBSERVED_3 + ")");
        };
    in.expectEnd();
    return value;
  }

  private byte[] encode(List<Capture> burst, ActorRef<Dialog.Ack> replyTo) {
    var out = start(CaptureWire.size(burst) + SMALL);
    CaptureWire.write(burst, out);
    out.text(refs.toSerializationFormat(replyTo));
    return out.toArray();
  }

  private byte[] encode(ActorRef<Dialog.Description> replyTo) {
    var out = start(SMALL);
    out.text(refs.toSerializationFormat(replyTo));
    return out.toArray();
  }

  private static byte[] encode(Dialog.Ack ack) {
    var out = start(SMALL);
    out.count(ack.firstSeq());
    out.count(ack.seen().size());
    for (var seen : ack.seen()) {
      out.u8(code(seen));
    }
    return out.toArray();
  }

  private static Dialog.Ack ack(WireInput in) throws Unreadable {
    long firstSeq = in.count();
    int count = in.elements(1);
    var seen = new ArrayList<Seen>(count);
    for (int i = 0; i < count; i++) {
      seen.add(seen(in.u8()));
    }
    return new Dialog.Ack(firstSeq, seen);
  }

  private static byte[] encode(Optional<DialogRow> dialog) {
    var out = start(SMALL);
    out.u8(dialog.isPresent() ? 1 : 0);
    dialog.ifPresent(
        row -> {
          out.text(row.key());
          out.text(row.trunk());
          out.bytes(io.sipscope.protocol.Bytes.of(SummaryWire.encode(row.summary())));
          if (isDamaged(dialog)) {
            out.text(row.damaged());
          }
        });
    return out.toArray();
  }

  private static boolean isDamaged(Optional<DialogRow> dialog) {
    return dialog.filter(row -> !row.damaged().isEmpty()).isPresent();
  }

  private static Dialog.Description description(WireInput in, boolean damaged) throws Unreadable {
    if (!in.flag()) {
      return new Dialog.Description(Optional.empty());
    }
    var key = in.text();
    var trunk = in.text();
    var summary = SummaryWire.decode(in.bytes().toArray());
    return new Dialog.Description(
        Optional.of(new DialogRow(key, summary, trunk, damaged ? in.text() : "")));
  }

  private static byte[] encode(Traffic traffic) {
    var out = start(SMALL + traffic.rungs().size() * 1024);
    out.text(traffic.key());
    out.count(traffic.rungs().size());
    for (var rung : traffic.rungs()) {
      out.count(rung.seq());
      out.u8(rung.retransmission() ? 1 : 0);
      CaptureWire.write(rung.capture(), out);
    }
    return out.toArray();
  }

  private static Traffic traffic(WireInput in) throws Unreadable {
    var key = in.text();
    int count = in.elements(SMALLEST_RUNG);
    var rungs = new ArrayList<Rung>(count);
    for (int i = 0; i < count; i++) {
      long seq = in.count();
      boolean retransmission = in.flag();
      var capture = CaptureWire.read(in);
      rungs.add(new Rung(seq, capture, message(capture), retransmission));
    }
    return new Traffic(key, List.copyOf(rungs));
  }

  private static SipMessage message(Capture capture) throws Unreadable {
    return switch (SipParser.parse(capture.sip())) {
      case SipMessage message -> message;
      case Sip.Malformed malformed -> throw new Unreadable("no SIP: " + malformed.detail());
    };
  }

  private static WireInput first(WireInput in) throws Unreadable {
    in.expectVersion(VERSION);
    return in;
  }

  private static WireOutput start(int expected) {
    var out = new WireOutput(expected);
    out.u8(VERSION);
    return out;
  }

  private <T> ActorRef<T> ref(WireInput in) throws Unreadable {
    var text = in.text();
    try {
      return refs.resolveActorRef(text);
    } catch (IllegalArgumentException e) {
      var unreadable = new Unreadable("actor reference of " + text.length() + " characters");
      unreadable.initCause(e);
      throw unreadable;
    }
  }

  private static int code(Seen seen) {
    return switch (seen) {
      case FIRST -> 0;
      case RETRANSMISSION -> 1;
      case DUPLICATE -> 2;
    };
  }

  private static Seen seen(int code) throws Unreadable {
    return switch (code) {
      case 0 -> Seen.FIRST;
      case 1 -> Seen.RETRANSMISSION;
      case 2 -> Seen.DUPLICATE;
      default -> throw new Unreadable("seen code " + code);
    };
  }
}
