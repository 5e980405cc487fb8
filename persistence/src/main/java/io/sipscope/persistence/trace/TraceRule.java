package io.sipscope.persistence.trace;

import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.sip.NameAddr;
import io.sipscope.protocol.sip.SipMessage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Which messages are traced to a trace_id: those that fit all of what it says. What is empty fits
/// any.
///
/// @param methods of requests, exactly; a rule that has some fits no reply
/// @param inDialog whether the request has a To-tag; a rule that says so fits no reply
/// @param fromUsers user parts of the From URI, or `user@host`
/// @param toUsers likewise of the To URI
/// @param header of a certain name, or with a certain value
/// @param scope empty = the dialog for an INVITE, the transaction for any other
/// @param attributes the column `trace_attrs`
public record TraceRule(
    List<String> methods,
    Optional<Boolean> inDialog,
    List<String> fromUsers,
    List<String> toUsers,
    List<Network> sources,
    List<Network> destinations,
    Optional<HeaderTest> header,
    String traceId,
    Optional<TraceScope> scope,
    String attributes) {
  public TraceRule {
    methods = List.copyOf(methods);
    fromUsers = List.copyOf(fromUsers);
    toUsers = List.copyOf(toUsers);
    sources = List.copyOf(sources);
    destinations = List.copyOf(destinations);
  }

  /// @param value empty = any
  record HeaderTest(String name, String value) {
    boolean fits(SipMessage message) {
      return value.isEmpty()
          ? message.header(name).isPresent()
          : message.headers(name).contains(value);
    }
  }

  /// What it asks for, by the words of the configuration, values as they are written there.
  public SequencedMap<String, String> conditions() {
    var asked = new LinkedHashMap<String, String>();
    put(asked, "methods", String.join(", ", methods));
    inDialog.ifPresent(in -> asked.put("in-dialog", in.toString()));
    put(asked, "from-user", String.join(", ", fromUsers));
    put(asked, "to-user", String.join(", ", toUsers));
    put(asked, "source", text(sources));
    put(asked, "destination", text(destinations));
    header.ifPresent(
        test ->
            asked.put("header", test.name() + (test.value().isEmpty() ? "" : ": " + test.value())));
    return Collections.unmodifiableSequencedMap(asked);
  }

  private static void put(Map<String, String> asked, String name, String value) {
    if (!value.isEmpty()) {
      asked.put(name, value);
    }
  }

  private static String text(List<Network> networks) {
    return String.join(", ", networks.stream().map(Network::text).toList());
  }

  public boolean fits(SipMessage message, Capture capture) {
    return fitsStartLine(message)
        && fits(sources, capture.source())
        && fits(destinations, capture.destination())
        && (fromUsers.isEmpty() || isAmong(fromUsers, message.from()))
        && (toUsers.isEmpty() || isAmong(toUsers, message.to()))
        && (header.isEmpty() || header.get().fits(message));
  }

  private boolean fitsStartLine(SipMessage message) {
    if (!message.isRequest()) {
      return methods.isEmpty() && inDialog.isEmpty();
    }
    return (methods.isEmpty() || methods.contains(message.method()))
        && (inDialog.isEmpty() || inDialog.get() != message.toTag().isEmpty());
  }

  private static boolean fits(List<Network> networks, io.sipscope.protocol.net.Endpoint endpoint) {
    return networks.isEmpty() || networks.stream().anyMatch(network -> network.holds(endpoint));
  }

  private static boolean isAmong(List<String> users, NameAddr address) {
    return users.stream().anyMatch(user -> isUser(user, address));
  }

  /// `user`, or `user@host` where there is an `@`: exactly, and no wildcards.
  static boolean isUser(String wanted, NameAddr address) {
    return wanted.indexOf('@') < 0
        ? wanted.equals(address.user())
        : wanted.equals(address.user() + "@" + address.host());
  }

  /// What it asks for, of a message that it fits.
  public TraceOrder order() {
    return new TraceOrder(traceId, scope, attributes);
  }
}
