package io.sipscope.http.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import io.sipscope.http.Problem;
import io.sipscope.http.json.Json;
import io.sipscope.persistence.alerts.AlertRule;
import io.sipscope.persistence.alerts.Kpi;
import io.sipscope.persistence.events.SubscriberSocket;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads a rule that somebody sent; what is wrong with it is told by the member's name.
final class AlertReading {
  private static final Set<String> MEMBERS =
      Set.of("name", "statistic", "rate", "comparison", "bound", "forSeconds", "webhook");

  /// An alert that was read may be sent back as it is.
  private static final Set<String> READ_ONLY = Set.of("state", "value", "since");

  private static final String STATISTIC =
      "group:name of a statistic, or a KPI: asr, asr/TRUNK, asr/TRUNK/in or asr/TRUNK/out";

  /// Both, into the trunk, out of it.
  private static final Set<String> DIRECTIONS = Set.of("", "in", "out");

  private AlertReading() {}

  static AlertRule read(String name, byte[] body) {
    if (!AlertRule.isName(name)) {
      throw bad("name", "a letter, a digit or _ first, at most 64 characters");
    }
    var given =
        Json.read(body)
            .filter(JsonNode::isObject)
            .orElseThrow(() -> bad("statistic", "a JSON object with an alert's members"));
    for (var member : given.propertyStream().map(Map.Entry::getKey).toList()) {
      if (!MEMBERS.contains(member) && !READ_ONLY.contains(member)) {
        throw bad(member, "one of " + String.join(", ", MEMBERS.stream().sorted().toList()));
      }
    }
    if (given.has("name") && !given.get("name").asText().equals(name)) {
      throw bad("name", "the name of the path, or none");
    }
    var statistic = statistic(given.path("statistic"));
    return new AlertRule(
        name,
        statistic,
        rate(given.path("rate"), statistic),
        comparison(given.path("comparison")),
        bound(given.path("bound")),
        forSeconds(given.path("forSeconds")),
        webhook(given.path("webhook")));
  }

  private static String statistic(JsonNode given) {
    var text = given.isTextual() ? given.asText().strip() : "";
    if (text.isEmpty()
        || text.length() > AlertRule.MOST_TEXT
        || text.endsWith(":")
        || text.chars().anyMatch(Character::isISOControl)) {
      throw bad("statistic", STATISTIC);
    }
    if (Kpi.parse(text).filter(kpi -> !DIRECTIONS.contains(kpi.direction())).isPresent()) {
      throw bad("statistic", STATISTIC);
    }
    return text;
  }

  private static boolean rate(JsonNode given, String statistic) {
    if (!given.isMissingNode() && !given.isNull() && !given.isBoolean()) {
      throw bad("rate", "true or false");
    }
    if (given.asBoolean() && Kpi.parse(statistic).isPresent()) {
      throw bad("rate", "false when \"statistic\" is a KPI: it is of the last minutes as it is");
    }
    return given.asBoolean();
  }

  private static boolean comparison(JsonNode given) {
    return switch (given.asText()) {
      case "above" -> true;
      case "below" -> false;
      default -> throw bad("comparison", "above or below");
    };
  }

  private static double bound(JsonNode given) {
    if (!given.isNumber() || !Double.isFinite(given.asDouble())) {
      throw bad("bound", "a number");
    }
    return given.asDouble();
  }

  private static int forSeconds(JsonNode given) {
    if (given.isMissingNode() || given.isNull()) {
      return 0;
    }
    if (!given.isIntegralNumber()
        || !given.canConvertToInt()
        || given.asInt() < 0
        || given.asInt() > AlertRule.MOST_SECONDS) {
      throw bad("forSeconds", "a whole number from 0 to " + AlertRule.MOST_SECONDS);
    }
    return given.asInt();
  }

  private static Optional<String> webhook(JsonNode given) {
    if (given.isMissingNode() || given.isNull() || given.asText().isEmpty()) {
      return Optional.empty();
    }
    var socket = given.isTextual() ? SubscriberSocket.parse(given.asText()) : Optional.empty();
    if (!(socket.orElse(null) instanceof SubscriberSocket.Web(var url))) {
      throw bad("webhook", "an http or https URL, or null");
    }
    return Optional.of(url);
  }

  private static Problem.Refused bad(String member, String wanted) {
    return Problem.badParameter(member, "\"" + member + "\" of an alert is " + wanted + ".")
        .refused();
  }
}
