package io.sipscope.http.verdict;

import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import io.sipscope.http.json.Json;
import io.sipscope.http.query.PlainGet;
import io.sipscope.protocol.verdict.Catalogue;
import io.sipscope.protocol.verdict.Rule;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.http.javadsl.server.Route;

/// `GET /api/verdict/rules`: every rule that a verdict may come from.
public final class VerdictRoute {

  private record RulesJson(List<RuleJson> rules) {}

  /// @param check what to look at next, or null
  private record RuleJson(String rule, int version, String level, String when, String check) {
    static RuleJson of(Rule rule) {
      return new RuleJson(
          rule.name(),
          rule.version(),
          rule.levelText(),
          rule.when(),
          rule.check().isEmpty() ? null : rule.check());
    }
  }

  /// In the order of precedence.
  public Route route() {
    var rules = new RulesJson(Catalogue.rules().stream().map(RuleJson::of).toList());
    return PlainGet.of(
        segment("api").slash("verdict").slash("rules"),
        () -> CompletableFuture.completedStage(Json.ok(rules)));
  }
}
