package io.sipscope.protocol.link;

import io.sipscope.protocol.sip.NameAddr;
import io.sipscope.protocol.sip.SipMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Finds the links of a message. Only what sets a call up, changes or transfers it is looked at:
/// nothing else tells more.
public final class Links {
  /// Of one message; more are not looked at. A description has a handful of media.
  static final int MAX_LINKS = 16;

  /// Longer values are cut: what is that long and differs only behind is no identifier.
  static final int MAX_VALUE = 512;

  private static final String OWN_CALL_ID = "call-id";

  private final SipMessage message;
  private final LinkRules rules;
  private final List<Link> found = new ArrayList<>(4);
  private String referTo = "";
  private String referredBy = "";

  private Links(SipMessage message, LinkRules rules) {
    this.message = message;
    this.rules = rules;
  }

  /// The links of a message, in its order; mostly none.
  public static List<Link> of(SipMessage message, LinkRules rules) {
    return isTelling(message) ? new Links(message, rules).find() : List.of();
  }

  private static boolean isTelling(SipMessage message) {
    if (message.isRequest()) {
      return switch (message.method()) {
        case "INVITE", "REFER" -> true;
        case "UPDATE", "ACK", "PRACK" -> !message.body().isEmpty();
        default -> false;
      };
    }
    int status = message.status();
    return status > 100 && status < 300 && message.cseq().method().equals("INVITE");
  }

  private List<Link> find() {
    for (var header : message.headers(rules.names())) {
      header(header.name(), cut(header.value()));
    }
    if (message.isRequest()) {
      ofRequest();
    }
    if (!message.body().isEmpty()) {
      new MediaLines(message.body(), this::add).read();
    }
    return List.copyOf(found);
  }

  private void header(String name, String value) {
    switch (name) {
      case LinkRules.SESSION_ID -> SessionId.of(value).ifPresent(this::add);
      case LinkRules.REPLACES, LinkRules.JOIN, LinkRules.TARGET_DIALOG ->
          DialogReference.of(name, value).ifPresent(this::add);
      case LinkRules.IN_REPLY_TO -> {
        for (var callId : value.split(",", MAX_LINKS)) {
          reference(name, callId.strip());
        }
      }
      case LinkRules.REFER_TO -> referTo = value;
      case LinkRules.REFERRED_BY -> referredBy = value;
      default -> {
        if (rules.isConfigured(name)) {
          reference(name, value.strip());
        }
      }
    }
  }

  private void ofRequest() {
    if (message.method().equals("REFER")) {
      refer();
    } else if (message.method().equals("INVITE") && message.toTag().isEmpty()) {
      if (!referredBy.isEmpty()) {
        var target = party(NameAddr.of(message.requestUri()));
        add(new Link.Referred(target, party(NameAddr.of(referredBy))));
      }
      for (var base : rules.bases(message.callId().text())) {
        reference(OWN_CALL_ID, base);
      }
    }
  }

  /// What Refer-To has behind the URI is put into the INVITE as headers (RFC 3891 §4).
  private void refer() {
    var to = NameAddr.of(referTo);
    if (to.uri().isEmpty()) {
      return;
    }
    var by = referredBy.isEmpty() ? message.from() : NameAddr.of(referredBy);
    add(new Link.Refer(party(to), party(by)));
    DialogReference.inUri(to.uri()).ifPresent(this::add);
  }

  private void reference(String header, String callId) {
    if (!callId.isEmpty()) {
      add(new Link.Reference(header, callId, "", ""));
    }
  }

  private void add(Link link) {
    if (found.size() < MAX_LINKS && !found.contains(link)) {
      found.add(link);
    }
  }

  private static String party(NameAddr address) {
    return cut(
        (address.user().isEmpty() ? address.host() : address.user()).toLowerCase(Locale.ROOT));
  }

  private static String cut(String text) {
    return text.length() > MAX_VALUE ? text.substring(0, MAX_VALUE) : text;
  }
}
