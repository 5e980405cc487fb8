package io.sipscope.persistence.trace;

import io.sipscope.persistence.wire.Unreadable;
import io.sipscope.persistence.wire.WireInput;
import io.sipscope.persistence.wire.WireOutput;
import io.sipscope.protocol.sip.SipMessage;
import java.util.ArrayList;
import java.util.List;

/// That a transaction or dialog is traced, which its dialog remembers with its events.
///
/// @param traceId the trace_id, or a dynamic trace's route
/// @param since of a dynamic trace ([DynamicTrace#since]); 0 = configured
/// @param scope the transaction or the dialog
/// @param fromTag of the request that began it
/// @param cseq the number of that request
/// @param method of the transaction: INVITE for its ACK and CANCEL, too
public record TraceMark(
    String traceId,
    long since,
    TraceScope scope,
    String fromTag,
    long cseq,
    String method,
    String attributes) {
  /// Marks of one dialog that are remembered; older ones are forgotten. A dialog has a handful;
  /// hours of keep-alives, each of which is a transaction, have thousands.
  static final int MOST = 64;

  /// Tags are compared by their beginning: a mark is bounded.
  private static final int LONGEST_TAG = 128;

  /// Empty texts and numbers of one byte.
  private static final int SMALLEST = 7;

  static TraceMark of(
      String traceId, long since, TraceScope scope, SipMessage request, String attributes) {
    return new TraceMark(
        traceId,
        since,
        scope,
        cut(request.fromTag()),
        Math.max(0, request.cseq().number()),
        transaction(request.method()),
        attributes);
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

  /// Whether a message belongs to what is traced.
  boolean covers(SipMessage message) {
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
  ///         method(text) attributes(text)
  /// scope = 0 transaction, 1 dialog
  /// ```
  public static void write(List<TraceMark> marks, WireOutput out) {
    out.count(marks.size());
    for (var mark : marks) {
      out.text(mark.traceId);
      out.count(mark.since);
      out.u8(mark.scope == TraceScope.DIALOG ? 1 : 0);
      out.text(mark.fromTag);
      out.count(mark.cseq);
      out.text(mark.method);
      out.text(mark.attributes);
    }
  }

  public static List<TraceMark> read(WireInput in) throws Unreadable {
    int count = in.elements(SMALLEST);
    var marks = new ArrayList<TraceMark>(count);
    for (int i = 0; i < count; i++) {
      marks.add(
          new TraceMark(
              in.text(),
              in.count(),
              in.flag() ? TraceScope.DIALOG : TraceScope.TRANSACTION,
              in.text(),
              in.count(),
              in.text(),
              in.text()));
    }
    return List.copyOf(marks);
  }
}
