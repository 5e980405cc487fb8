package io.sipscope.persistence;

import io.sipscope.persistence.index.DialogRow;
import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.dialog.DialogSummary;
import io.sipscope.protocol.dialog.Phase;
import io.sipscope.protocol.net.Endpoint;
import io.sipscope.protocol.verdict.Verdict;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Makes an index row that differs from [Samples#row] where a test says so.
public final class Rows {
  private final String key;
  private final DialogSummary like;
  private String trunk = "";
  private List<String> links = List.of();
  private String method;
  private String caller;
  private String callee;
  private String userAgent;
  private Phase phase;
  private OptionalLong expiresAt;
  private OptionalInt status;
  private List<Endpoint> addresses;
  private List<Agent> agents;
  private long messages;
  private long updatedAt;
  private Verdict verdict;

  private Rows(String key, DialogSummary like) {
    this.key = key;
    this.like = like;
    method = like.method();
    caller = like.caller();
    callee = like.callee();
    userAgent = like.userAgent();
    phase = like.phase();
    expiresAt = like.expiresAt();
    status = like.status();
    addresses = like.addresses();
    agents = like.agents();
    messages = like.messages();
    updatedAt = like.updatedAt();
    verdict = like.verdict();
  }

  /// @param after nanoseconds past [Samples#T0]
  public static Rows call(String callId, long after) {
    return keyed(callId, callId, after);
  }

  /// A row whose key is not its Call-ID.
  public static Rows keyed(String key, String callId, long after) {
    return new Rows(key, Samples.summary(callId, after));
  }

  public DialogRow row() {
    var summary =
        new DialogSummary(
            like.callId(),
            like.startedAt(),
            updatedAt,
            like.endedAt(),
            phase,
            expiresAt,
            method,
            caller,
            callee,
            like.fromTag(),
            like.toTags(),
            like.ruri(),
            like.source(),
            like.destination(),
            addresses,
            userAgent,
            status,
            messages,
            like.retransmissions(),
            like.setup(),
            like.ring(),
            like.duration(),
            agents,
            verdict);
    return new DialogRow(key, summary, trunk, "", links);
  }

  public Rows trunk(String name) {
    trunk = name;
    return this;
  }

  public Rows links(String... tokens) {
    links = List.of(tokens);
    return this;
  }

  public Rows method(String name) {
    method = name;
    return this;
  }

  public Rows status(int code) {
    status = OptionalInt.of(code);
    return this;
  }

  public Rows verdict(Verdict told) {
    verdict = told;
    return this;
  }

  public Rows noStatus() {
    status = OptionalInt.empty();
    return this;
  }

  public Rows phase(Phase reached) {
    phase = reached;
    return this;
  }

  public Rows expiresAt(long time) {
    expiresAt = OptionalLong.of(time);
    return this;
  }

  public Rows parties(String from, String to) {
    caller = from;
    callee = to;
    return this;
  }

  public Rows addresses(Endpoint... endpoints) {
    addresses = List.of(endpoints);
    return this;
  }

  public Rows agents(Agent... seen) {
    agents = List.of(seen);
    return this;
  }

  public Rows userAgent(String name) {
    userAgent = name;
    return this;
  }

  public Rows messages(long count) {
    messages = count;
    return this;
  }

  public Rows updatedAt(long time) {
    updatedAt = time;
    return this;
  }
}
