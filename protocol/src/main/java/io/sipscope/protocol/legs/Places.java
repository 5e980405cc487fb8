package io.sipscope.protocol.legs;

import io.sipscope.protocol.net.Endpoint;
import java.util.HashSet;

/// Where legs run: whether one comes from the host that the other went to. On a host that talks to
/// itself ports tell its programs apart.
record Places(LegRules rules) {

  /// Whether the first leg reached the host that sent the first message of the other.
  boolean feeds(LegFacts first, LegFacts other) {
    boolean ports = isAlone(first) || isAlone(other);
    var hosts = new HashSet<String>();
    for (var endpoint : first.summary().addresses()) {
      hosts.add(name(endpoint, ports));
    }
    hosts.add(name(first.summary().destination(), ports));
    hosts.remove(name(first.source(), ports));
    return hosts.contains(name(other.source(), ports));
  }

  boolean areAdjacent(LegFacts some, LegFacts other) {
    return feeds(some, other) || feeds(other, some);
  }

  /// The host that one leg reached and the other comes from.
  String between(LegFacts first, LegFacts other) {
    return name(other.source(), isAlone(first) || isAlone(other));
  }

  /// Whether two legs, that these endpoints are of, have one sender.
  boolean isSame(Endpoint one, LegFacts some, Endpoint two, LegFacts other) {
    boolean ports = isAlone(some) || isAlone(other);
    return name(one, ports).equals(name(two, ports));
  }

  boolean haveOneDestination(LegFacts some, LegFacts other) {
    return isSame(some.summary().destination(), some, other.summary().destination(), other);
  }

  private boolean isAlone(LegFacts leg) {
    return host(leg.source()).equals(host(leg.summary().destination()));
  }

  private String name(Endpoint endpoint, boolean ports) {
    return ports ? host(endpoint) + ":" + endpoint.port() : host(endpoint);
  }

  private String host(Endpoint endpoint) {
    return rules.host().apply(endpoint);
  }
}
