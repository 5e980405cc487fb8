package io.sipscope.persistence.trace;

import io.sipscope.persistence.wire.Unreadable;
import io.sipscope.persistence.wire.WireInput;
import io.sipscope.persistence.wire.WireOutput;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.sip.SipMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// That a transaction or dialog is traced, which its dialog remembers with its events.
///
/// @param traceId the trace_id, or a dynamic trace's route
/// @param since of a dynamic trace ([DynamicTrace#since]); 0 = configured
/// @param scope the transaction or the dialog
/// @param fromTag of the request that began it
/// @param cseq the number of that request
/// @param method of the transaction: INVITE for its ACK and CANCEL, too
/// @param types what of it is traced
/// @param leg empty = both sides of the traced element
/// @param correlationId stands for the Call-ID in the correlation chunk of HEP; empty = the Call-ID
public record TraceMark(
    String traceId,
    long since,
    TraceScope scope,
    String fromTag,
    long cseq,
    String method,
    String attributes,
    Set<TraceType> types,
    Optional<TraceLeg> leg,
    String correlationId) {
  /// Marks of one dialog that are remembered; older ones are forgotten. A dialog has a handful;
  /// hours of keep-alives, each of which is a transaction, have thousands.
  static final int MOST = 64;

  /// Tags are compared by their beginning: a mark is bounded.
  private static final int LONGEST_TAG = 128;

  /// Empty texts and numbers of one byte.
  private static final int SMALLEST = 7;

  private static final int DIALOG = 1;
  private static final int MORE = 2;

  /// Of SIP only, on both sides.
  public TraceMark(
      String traceId,
      long since,
      TraceScope scope,
      String fromTag,
      long cseq,
      String method,
      String attributes) {
    this(
        traceId,
        since,
        scope,
        fromTag,
        cseq,
        method,
        attributes,
        TraceType.USUAL,
        Optional.empty(),
        "");
  }

  /// @param order of which everything but the scope is taken
  /// @param capture of the request
  static TraceMark of(
      TraceOrder order, long since, TraceScope scope, SipMessage request, Capture capture) {
    return new TraceMark(
        order.traceId(),
        since,
        scope,
        cut(request.fromTag()),
        Math.max(0, request.cseq().number()),
        transaction(request.method()),
        order.attributes(),
        order.types(),
        leg(order.legs(), capture),
        order.correlationId());
  }

  private static Optional<TraceLeg> leg(TraceLegs legs, Capture capture) {
    return legs == TraceLegs.BOTH
        ? Optional.empty()
        : Optional.of(
            new TraceLeg(legs == TraceLegs.CALLER, capture.source(), capture.destination()));
  }

  /// Marks and those added to them, as far as they are remembered.
  public static List<TraceMark> and(List<TraceMark> marks, List<TraceMark> more) {
    if (more.isEmpty()) {
      return marks;
    }
    var all = new ArrayList<>(marks);
    all.addAll(more);
    return List.copyOf(all.subList(Math.max(0, all.size() - MOST), all.size()));
  }

  private static String cut(String tag) {
    return tag.length() > LONGEST_TAG ? tag.substring(0, LONGEST_TAG) : tag;
  }

  private static String transaction(String method) {
    return switch (method) {
      case "ACK", "CANCEL" -> "INVITE";
      default -> method.length() > LONGEST_TAG ? method.substring(0, LONGEST_TAG) : method;
    };
  }

  /// Whether nothing more would be traced of a message that both cover if another one began.
  boolean includes(TraceMark other) {
    return traceId.equals(other.traceId)
        && since == other.since
        && scope.compareTo(other.scope) >= 0
        && types.containsAll(other.types)
        && (leg.isEmpty() || other.leg.map(leg.get()::isAlike).orElse(false));
  }

  boolean traces(TraceType type) {
    return types.contains(type);
  }

  /// Whether a message as it was captured is on the side that is traced.
  boolean isOn(Capture capture) {
    return leg.isEmpty() || leg.get().covers(capture);
  }

  /// Whether a message belongs to what is traced.
  public boolean covers(SipMessage message) {
    return switch (scope) {
      case DIALOG -> isOfDialog(message);
      case TRANSACTION, MESSAGE -> isOfTransaction(message);
    };
  }

  /// The same on both sides of a proxy, which changes branches but neither CSeq nor From-tag.
  private boolean isOfTransaction(SipMessage message) {
    var number = message.cseq();
    return number.number() == cseq
        && cut(message.fromTag()).equals(fromTag)
        && transaction(message.isRequest() ? message.method() : number.method()).equals(method);
  }

  /// The caller's tag is in all of a dialog's messages, at either end.
  private boolean isOfDialog(SipMessage message) {
    if (cut(message.toTag()).equals(fromTag)) {
      return true;
    }
    return cut(message.fromTag()).equals(fromTag)
        && (!message.toTag().isEmpty() || transaction(message.cseq().method()).equals("INVITE"));
  }

  /// ```text
  /// marks = count, each: traceId(text) since(count) scope(u8) fromTag(text) cseq(count)
  ///         method(text) attributes(text), then where the scope says so: types(u8) correlation
  ///         id(text) a leg follows(u8) [TraceLeg]
  /// scope = bits: 1 dialog rather than transaction, 2 more follows than SIP on both sides
  /// ```
  public static void write(List<TraceMark> marks, WireOutput out) {
    out.count(marks.size());
    for (var mark : marks) {
      mark.write(out);
    }
  }

  private void write(WireOutput out) {
    boolean hasMore = !types.equals(TraceType.USUAL) || leg.isPresent() || !correlationId.isEmpty();
    out.text(traceId);
    out.count(since);
    out.u8((scope == TraceScope.DIALOG ? DIALOG : 0) | (hasMore ? MORE : 0));
    out.text(fromTag);
    out.count(cseq);
    out.text(method);
    out.text(attributes);
    if (hasMore) {
      out.u8(TraceType.bits(types));
      out.text(correlationId);
      out.u8(leg.isPresent() ? 1 : 0);
      leg.ifPresent(side -> side.write(out));
    }
  }

  public static List<TraceMark> read(WireInput in) throws Unreadable {
    int count = in.elements(SMALLEST);
    var marks = new ArrayList<TraceMark>(count);
    for (int i = 0; i < count; i++) {
      marks.add(one(in));
    }
    return List.copyOf(marks);
  }

  private static TraceMark one(WireInput in) throws Unreadable {
    var traceId = in.text();
    long since = in.count();
    int scope = in.u8();
    if (scope > (DIALOG | MORE)) {
      throw new Unreadable("scope " + scope + " (expected: 0 to " + (DIALOG | MORE) + ")");
    }
    var fromTag = in.text();
    long cseq = in.count();
    var method = in.text();
    var attributes = in.text();
    boolean hasMore = (scope & MORE) != 0;
    var types = hasMore ? TraceType.ofBits(in.u8()) : TraceType.USUAL;
    var correlationId = hasMore ? in.text() : "";
    boolean hasLeg = hasMore && in.flag();
    return new TraceMark(
        traceId,
        since,
        (scope & DIALOG) != 0 ? TraceScope.DIALOG : TraceScope.TRANSACTION,
        fromTag,
        cseq,
        method,
        attributes,
        types,
        hasLeg ? Optional.of(TraceLeg.read(in)) : Optional.empty(),
        correlationId);
  }
}
