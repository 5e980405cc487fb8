package io.sipscope.node.otel;

import io.opentelemetry.api.common.Attributes;
import io.sipscope.protocol.dialog.Rung;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.net.IpAddress;
import io.sipscope.protocol.net.Transport;
import io.sipscope.protocol.sip.SipMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One transaction on one hop (RFC 3261 §17): a request, what was answered, and what of both came
/// again. The ACK of a refusal belongs to its INVITE; that of an answer is none.
final class Exchange {
  private static final int FIRST_FINAL = 200;

  /// What makes two messages of one transaction: §17.2.3, and the hop. Answers may come from, and
  /// go to, another port.
  private record Id(String branch, String method, long cseq, IpAddress client, IpAddress server) {}

  private final String method;
  private final Endpoint client;
  private final Endpoint server;
  private final Transport transport;
  private final long start;
  private Optional<SipMessage> request = Optional.empty();
  private String agent = "";
  private long end;
  private int status;
  private int provisional;
  private String reason = "";
  private int messages;
  private int repeated;

  private Exchange(String method, Rung first) {
    this.method = method;
    this.client = client(first);
    this.server = server(first);
    this.transport = first.capture().transport();
    this.start = first.capture().time();
    this.end = start;
    this.agent = first.capture().agent().name();
  }

  /// The transactions of a dialog in the order of their first message.
  ///
  /// @param rungs in causal order
  /// @param most the others are left out
  static List<Exchange> of(List<Rung> rungs, int most) {
    Map<Id, Exchange> exchanges = new LinkedHashMap<>();
    for (var rung : rungs) {
      var id = id(rung, exchanges);
      var known = exchanges.get(id);
      if (known != null) {
        known.add(rung);
      } else if (!id.method().equals("ACK") && exchanges.size() < most) {
        var exchange = new Exchange(id.method(), rung);
        exchange.add(rung);
        exchanges.put(id, exchange);
      }
    }
    return new ArrayList<>(exchanges.values());
  }

  private static Endpoint client(Rung rung) {
    return rung.message().isRequest() ? rung.capture().source() : rung.capture().destination();
  }

  private static Endpoint server(Rung rung) {
    return rung.message().isRequest() ? rung.capture().destination() : rung.capture().source();
  }

  private static Id id(Rung rung, Map<Id, Exchange> known) {
    var message = rung.message();
    var id =
        new Id(
            message.branch(),
            message.cseq().method(),
            message.cseq().number(),
            client(rung).address(),
            server(rung).address());
    if (!id.method().equals("ACK")) {
      return id;
    }
    var invite = new Id(id.branch(), "INVITE", id.cseq(), id.client(), id.server());
    return known.containsKey(invite) ? invite : id;
  }

  private void add(Rung rung) {
    var message = rung.message();
    messages++;
    repeated += rung.retransmission() ? 1 : 0;
    if (message.isRequest()) {
      if (request.isEmpty() && message.method().equals(method)) {
        request = Optional.of(message);
      }
      return;
    }
    if (message.status() >= FIRST_FINAL && status == 0) {
      status = message.status();
      reason = message.reason();
      end = rung.capture().time();
    } else if (status == 0) {
      provisional = message.status();
      end = rung.capture().time();
    }
  }

  String method() {
    return method;
  }

  /// Tells it from the others of its dialog, whatever was seen beside it.
  String identity() {
    return String.join(
        "\n",
        request.map(SipMessage::branch).orElse(""),
        method,
        client.toString(),
        server.toString(),
        Long.toString(start));
  }

  long start() {
    return start;
  }

  /// When the final answer came; else the last thing that was heard.
  long end() {
    return end;
  }

  /// Why it failed; empty when it did not: what asks for credentials, and a call that was given up,
  /// is no failure.
  String failure() {
    if (status == 0) {
      return request.isEmpty() ? "" : "no final answer";
    }
    return switch (status) {
      case 401, 407, 487 -> "";
      default -> status >= 400 ? (status + " " + reason).strip() : "";
    };
  }

  Attributes attributes() {
    var attributes =
        new SpanAttributes()
            .between(client, server, transport)
            .text("sip.method", method)
            .text("sip.capture.agent", agent)
            .whole("sip.messages", messages)
            .whole("sip.retransmissions", repeated);
    request.ifPresent(
        message ->
            attributes
                .whole("sip.cseq", message.cseq().number())
                .text("sip.branch", message.branch())
                .text("sip.request_uri", message.requestUri())
                .text("user_agent.original", message.header("User-Agent").orElse("")));
    if (status != 0) {
      attributes.whole("sip.response.status_code", status).text("sip.response.reason", reason);
    } else if (provisional != 0) {
      attributes.whole("sip.response.status_code", provisional);
    }
    if (!failure().isEmpty()) {
      attributes.text("error.type", status == 0 ? "timeout" : Integer.toString(status));
    }
    return attributes.build();
  }
}
