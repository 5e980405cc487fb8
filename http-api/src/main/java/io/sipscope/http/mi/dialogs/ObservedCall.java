package io.sipscope.http.mi.dialogs;

import io.sipscope.persistence.index.DialogRow;
import io.sipscope.protocol.dialog.CausalOrder;
import io.sipscope.protocol.dialog.Phase;
import io.sipscope.protocol.dialog.Rung;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.Transport;
import io.sipscope.protocol.sip.NameAddr;
import io.sipscope.protocol.sip.SipMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A call as a proxy between its parties would know it, told by its messages in the order of their
/// times.
///
/// A *bind address* is where the element that was observed took the first message of a side: of the
/// caller the INVITE, of a callee its first answer.
final class ObservedCall {
  /// A call has one callee for each answer with a tag of its own.
  private static final int MOST_CALLEES = 16;

  private static final String INVITE = "INVITE";

  private final DialogRow row;
  private SipMessage invite;
  private String callerBindAddress = "";
  private String calleeCseq = "0";
  private long answeredAt;
  private boolean acknowledged;
  private long sessionEndsAt;
  private final Map<String, Callee> callees = new LinkedHashMap<>();

  /// What is known of one callee.
  static final class Callee {
    private final String tag;
    private String contact = "";
    private String callerCseq = "";
    private String routeSet = "";
    private final String bindAddress;
    private String sdp = "";

    private Callee(String tag, String bindAddress) {
      this.tag = tag;
      this.bindAddress = bindAddress;
    }

    String tag() {
      return tag;
    }

    String contact() {
      return contact;
    }

    String callerCseq() {
      return callerCseq;
    }

    String routeSet() {
      return routeSet;
    }

    String bindAddress() {
      return bindAddress;
    }

    String sdp() {
      return sdp;
    }
  }

  /// @param rungs in whatever order
  ObservedCall(DialogRow row, List<Rung> rungs) {
    this.row = row;
    for (var rung : CausalOrder.sort(rungs)) {
      if (rung.message().isRequest()) {
        request(rung);
      } else {
        answer(rung);
      }
    }
  }

  private void request(Rung rung) {
    var message = rung.message();
    boolean within = !message.toTag().isEmpty();
    boolean byCaller = message.fromTag().equals(row.summary().fromTag());
    switch (message.method()) {
      case INVITE -> {
        if (invite == null && !within) {
          invite = message;
          callerBindAddress = socket(rung.capture().transport(), rung.capture().destination());
        } else if (within) {
          within(message, byCaller);
        }
      }
      case "ACK" -> acknowledged |= answeredAt > 0;
      case "BYE", "CANCEL" -> {}
      default -> {
        if (within) {
          within(message, byCaller);
        }
      }
    }
  }

  /// What is asked within a dialog moves its side's CSeq on.
  private void within(SipMessage message, boolean byCaller) {
    var number = Long.toString(Math.max(0, message.cseq().number()));
    if (byCaller) {
      var callee = callees.get(message.toTag());
      if (callee != null) {
        callee.callerCseq = number;
      }
    } else {
      calleeCseq = number;
    }
  }

  private void answer(Rung rung) {
    var message = rung.message();
    boolean ok = message.status() >= 200 && message.status() < 300;
    var method = message.cseq().method();
    if (ok && (method.equals(INVITE) || method.equals("UPDATE"))) {
      session(message, rung.capture().time());
    }
    boolean establishing =
        method.equals(INVITE)
            && message.status() > 100
            && message.status() < 300
            && !message.toTag().isEmpty()
            && message.fromTag().equals(row.summary().fromTag());
    if (!establishing) {
      return;
    }
    var callee = callee(rung);
    if (callee == null) {
      return;
    }
    callee.callerCseq =
        callee.callerCseq.isEmpty()
            ? Long.toString(Math.max(0, message.cseq().number()))
            : callee.callerCseq;
    callee.contact = orElse(NameAddr.of(message.contact()).uri(), callee.contact);
    callee.routeSet = orElse(routeSet(message, true), callee.routeSet);
    callee.sdp = orElse(sdp(message), callee.sdp);
    if (ok && answeredAt == 0) {
      answeredAt = rung.capture().time();
    }
  }

  private Callee callee(Rung rung) {
    var tag = rung.message().toTag();
    var known = callees.get(tag);
    if (known == null && callees.size() < MOST_CALLEES) {
      known = new Callee(tag, socket(rung.capture().transport(), rung.capture().destination()));
      callees.put(tag, known);
    }
    return known;
  }

  private static String orElse(String text, String other) {
    return text.isEmpty() ? other : text;
  }

  /// RFC 4028 §4: `1800;refresher=uac`, seconds from the answer on.
  private void session(SipMessage message, long at) {
    message
        .header("Session-Expires")
        .map(value -> value.split("[;\\s]", 2)[0])
        .filter(seconds -> seconds.matches("\\d{1,9}"))
        .ifPresent(seconds -> sessionEndsAt = at + Long.parseLong(seconds) * 1_000_000_000L);
  }

  private static String routeSet(SipMessage message, boolean fromCallee) {
    var routes = new ArrayList<>(message.headers("Record-Route"));
    return String.join(",", fromCallee ? routes.reversed() : routes);
  }

  private static String sdp(SipMessage message) {
    boolean isSdp = message.contentType().toLowerCase(Locale.ROOT).startsWith("application/sdp");
    return isSdp ? new String(message.body().toArray(), StandardCharsets.UTF_8) : "";
  }

  private static String socket(Transport transport, Endpoint at) {
    return transport.text() + ":" + at;
  }

  DialogRow row() {
    return row;
  }

  /// 1 unconfirmed, 2 early, 3 confirmed and no ACK yet, 4 confirmed, 5 over.
  int state() {
    return switch (row.summary().phase()) {
      case Phase.TRYING -> 1;
      case Phase.EARLY -> 2;
      case Phase.CONFIRMED -> acknowledged ? 4 : 3;
      case Phase.TERMINATED, Phase.FAILED, Phase.CANCELLED, Phase.EXPIRED -> 5;
    };
  }

  /// When it was answered, nanoseconds since the epoch; 0 when it was not.
  long answeredAt() {
    return answeredAt;
  }

  /// When its session timer runs out, nanoseconds since the epoch; 0 when it has none, or is over.
  long sessionEndsAt() {
    return state() == 5 ? 0 : sessionEndsAt;
  }

  String fromUri() {
    return invite == null ? uri(row.summary().caller()) : invite.from().uri();
  }

  String toUri() {
    return invite == null ? uri(row.summary().callee()) : invite.to().uri();
  }

  private static String uri(String aor) {
    return aor.isEmpty() || aor.contains(":") ? aor : "sip:" + aor;
  }

  String callerContact() {
    return invite == null ? "" : NameAddr.of(invite.contact()).uri();
  }

  String calleeCseq() {
    return calleeCseq;
  }

  String callerRouteSet() {
    return invite == null ? "" : routeSet(invite, false);
  }

  String callerBindAddress() {
    return callerBindAddress;
  }

  String callerSdp() {
    return invite == null ? "" : sdp(invite);
  }

  List<Callee> callees() {
    return List.copyOf(callees.values());
  }
}
