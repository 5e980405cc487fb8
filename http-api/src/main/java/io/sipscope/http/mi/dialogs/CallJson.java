package io.sipscope.http.mi.dialogs;

import io.sipscope.protocol.dialog.DialogNumber;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A call in the members of OpenSIPS 4.1, in their order.
final class CallJson {
  private static final long SECOND = 1_000_000_000L;

  /// In the machine's time zone, as in OpenSIPS.
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  /// The profile that every call with a trunk is in, its value the trunk's name.
  static final String TRUNK = "trunk";

  private CallJson() {}

  static Map<String, Object> of(ObservedCall call, boolean withContext) {
    var summary = call.row().summary();
    var number = DialogNumber.of(call.row().key());
    var json = new LinkedHashMap<String, Object>();
    json.put("ID", number.text());
    json.put("db_id", Long.toString(number.databaseId()));
    json.put("state", call.state());
    json.put("user_flags", "");
    putTime(json, "timestart", "datestart", call.answeredAt());
    putTime(json, "timeout", "dateout", call.sessionEndsAt());
    json.put("callid", summary.callId());
    json.put("from_uri", call.fromUri());
    json.put("to_uri", call.toUri());
    json.put("caller_tag", summary.fromTag());
    json.put("caller_contact", call.callerContact());
    json.put("callee_cseq", call.calleeCseq());
    json.put("caller_route_set", call.callerRouteSet());
    json.put("caller_bind_addr", call.callerBindAddress());
    json.put("caller_sdp", call.callerSdp());
    json.put("CALLEES", call.callees().stream().map(CallJson::callee).toList());
    if (withContext) {
      json.put("context", context(call));
    }
    return json;
  }

  private static void putTime(
      Map<String, Object> json, String name, String dateName, long nanoseconds) {
    long seconds = nanoseconds / SECOND;
    json.put(name, seconds);
    if (seconds > 0) {
      json.put(dateName, DATE.format(Instant.ofEpochSecond(seconds)));
    }
  }

  private static Map<String, Object> callee(ObservedCall.Callee callee) {
    var json = new LinkedHashMap<String, Object>();
    json.put("callee_tag", callee.tag());
    json.put("callee_contact", callee.contact());
    json.put("caller_cseq", callee.callerCseq());
    json.put("callee_route_set", callee.routeSet());
    json.put("callee_bind_addr", callee.bindAddress());
    json.put("callee_sdp", callee.sdp());
    return json;
  }

  /// There are no values: nobody sets any on a call that is observed.
  private static Map<String, Object> context(ObservedCall call) {
    var trunk = call.row().trunk();
    return trunk.isEmpty() ? Map.of() : Map.of("profiles", List.of(Map.of(TRUNK, trunk)));
  }
}
