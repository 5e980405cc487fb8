package io.sipscope.persistence.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the policy script can count, and how it is told what it cannot.
class PolicyStatisticsTest {
  private static final String SETTINGS =
      """
      sipscope.statistics {
        variables = ["calls", "busy/no_reset"]
        groups = "alpha, Beta"
        series = [
          "msgs: group=series_acc window=10"
          "avg: algorithm=average window=60 slots=6"
          "perc: algorithm=percentage hash_size=8 percentage_factor=1000"
        ]
      }
      """;

  private final Counters counters = new Counters();
  private final ClusterStatistics cluster = ClusterStatistics.alone(counters);
  private long now = 1_000_000;
  private final PolicyStatistics policy =
      new PolicyStatistics(counters, cluster, settings(SETTINGS), () -> now);

  private static StatisticsSettings settings(String text) {
    return StatisticsSettings.from(
        ConfigFactory.parseString(text).withFallback(ConfigFactory.load()));
  }

  @Test
  void countsInVariablesGroupsAndWithoutAGroup() {
    policy.update("calls", 2);
    policy.update("CALLS", "+1");
    policy.update("alpha:seen", 4);
    policy.update("beta:seen", "-1");
    policy.update("loose", 7);
    assertEquals(
        List.of("script:calls=3", "script:busy=0", "dynamic:loose=7"),
        shown("script:", "dynamic:"));
    assertEquals(List.of("alpha:seen=4", "Beta:seen=-1"), shown("alpha:", "beta:"));
    assertEquals(OptionalLong.of(4), policy.read("seen"));
    assertEquals(OptionalLong.of(-1), policy.read("Beta:seen"));
    assertEquals(OptionalLong.empty(), policy.read("nothing"));
    assertEquals(OptionalLong.empty(), policy.read("gamma:seen"));
  }

  @Test
  void whatAScriptMadeIsMeantByABareNameBeforeWhatIsThereAnyway() {
    counters.counter("alone", "size").add(5);
    policy.update("alpha:size", 3);
    assertEquals(OptionalLong.of(3), policy.read("size"));
    policy.reset("size");
    assertEquals(OptionalLong.of(0), policy.read("alpha:size"));
    assertEquals(OptionalLong.of(5), policy.read("alone:size"));
  }

  @Test
  void whatWasReadIsTakenOffAndWhatCameSinceStays() {
    policy.update("alpha:seen", 5);
    var read = policy.iterate("alpha").next().orElseThrow();
    policy.update("alpha:seen", 2);
    policy.take("alpha:seen", read.value());
    assertEquals(OptionalLong.of(2), policy.read("alpha:seen"));
    policy.reset("alpha:seen");
    policy.update("alpha:seen", 1);
    assertEquals(OptionalLong.of(1), policy.read("alpha:seen"));
  }

  @Test
  void aZeroMakesNothing() {
    policy.update("loose", 0);
    policy.update("gamma:x", 0);
    policy.update("loose", "+0");
    assertEquals(OptionalLong.empty(), policy.read("loose"));
  }

  @Test
  void anUndeclaredGroupIsRefusedInTheWordsOfOpensips() {
    assertEquals(
        new PolicyStatistics.Refused(
            "stat group 'gamma' must be explicitly defined using the 'stat_groups' module"
                + " parameter!"),
        policy.update("gamma:x", 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "alpha:", "alpha:a:b", "alpha: ", "a\nb", ":x", "::"})
  void whatCannotBeANameIsRefused(String name) {
    assertInstanceOf(PolicyStatistics.Refused.class, policy.update(name, 1));
    assertInstanceOf(PolicyStatistics.Refused.class, policy.update("x".repeat(129), 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "one", "1.5", "+-1", "99999999999999999999"})
  void whatIsNoNumberIsRefused(String value) {
    assertInstanceOf(PolicyStatistics.Refused.class, policy.update("calls", value));
    assertEquals(OptionalLong.of(0), policy.read("calls"));
  }

  @Test
  void aResetLeavesWhatIsNotToBeReset() {
    policy.update("calls", 2);
    policy.update("busy", 2);
    assertInstanceOf(PolicyStatistics.Done.class, policy.reset("calls"));
    assertInstanceOf(PolicyStatistics.Done.class, policy.reset("busy"));
    assertInstanceOf(PolicyStatistics.Refused.class, policy.reset("nothing"));
    policy.update("calls", 5);
    assertEquals(List.of("script:calls=5", "script:busy=2"), shown("script:"));
    assertEquals(Kind.GAUGE, counters.describe(new StatisticName("script", "busy")).kind());
  }

  @Test
  void onlySoManyNamesAreMade() {
    for (int i = 0; i < Counters.MAX_DYNAMIC; i++) {
      assertInstanceOf(PolicyStatistics.Done.class, policy.update("n" + i, 1));
    }
    assertInstanceOf(PolicyStatistics.Refused.class, policy.update("one-more", 1));
    assertInstanceOf(PolicyStatistics.Refused.class, policy.updateSeries("avg", "as-well", 1));
    assertInstanceOf(PolicyStatistics.Done.class, policy.update("n0", 1));
    assertEquals(OptionalLong.of(2), policy.read("n0"));
    assertEquals(OptionalLong.of(2), policy.read("names_refused"));
  }

  @Test
  void aGroupIsWalkedToItsEnd() {
    policy.update("alpha:b", 1);
    policy.update("alpha:a", 2);
    var walk = policy.iterate("ALPHA");
    assertEquals(Optional.of("alpha:b"), walk.next().map(next -> next.name().toString()));
    assertEquals(Optional.of(2L), walk.next().map(Reading::value));
    assertEquals(Optional.empty(), walk.next());
    assertEquals(Optional.empty(), walk.next());
    assertEquals(Optional.empty(), policy.iterate("nobody").next());
  }

  @Test
  void aSumForgetsASlotAtATime() {
    policy.updateSeries("msgs", "m", 1);
    now += 5_000;
    policy.updateSeries("msgs", "m", 10);
    assertEquals(OptionalLong.of(11), policy.read("m"));
    now += 4_000;
    assertEquals(OptionalLong.of(11), policy.read("series_acc:m"));
    now += 1_000;
    assertEquals(OptionalLong.of(10), policy.read("m"));
    now += 5_000;
    assertEquals(OptionalLong.of(0), policy.read("m"));
    policy.updateSeries("msgs", "m", 3);
    now += 10_000;
    assertEquals(OptionalLong.of(0), policy.read("m"));
  }

  @Test
  void aSlotThatComesRoundAgainIsEmptied() {
    policy.updateSeries("msgs", "m", 1);
    now += 9_999;
    policy.updateSeries("msgs", "m", 10);
    assertEquals(OptionalLong.of(11), policy.read("m"));
    now += 1;
    assertEquals(OptionalLong.of(10), policy.read("m"));
  }

  @Test
  void aMeanIsCutToAWholeNumber() {
    policy.updateSeries("avg", "len", 10);
    policy.updateSeries("avg", "len", 11);
    policy.updateSeries("avg", "len", 11);
    assertEquals(List.of("avg:len=10"), shown("avg:"));
    now += 60_000;
    assertEquals(List.of("avg:len=0"), shown("avg:"));
  }

  @Test
  void aPercentageIsOfAllThatWasReported() {
    policy.updateSeries("perc", "ok", 2);
    policy.updateSeries("perc", "ok", -1);
    assertEquals(List.of("perc:ok=666"), shown("perc:"));
    assertEquals(
        "non-incremental", counters.describe(new StatisticName("perc", "ok")).kind().flavour());
  }

  @Test
  void aSeriesHasANameOfItsOwn() {
    policy.updateSeries("avg", "len", 10);
    assertInstanceOf(PolicyStatistics.Refused.class, policy.updateSeries("msgs", "len", 1));
    assertInstanceOf(PolicyStatistics.Refused.class, policy.updateSeries("avg", "calls", 1));
    assertInstanceOf(PolicyStatistics.Refused.class, policy.updateSeries("other", "x", 1));
    assertInstanceOf(PolicyStatistics.Refused.class, policy.updateSeries("avg", " ", 1));
    assertInstanceOf(PolicyStatistics.Done.class, policy.update("len", 5));
    assertEquals(OptionalLong.of(10), policy.read("len"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          variables | ["a:b"]
          variables | ["a/reset"]
          variables | ["a", "a/no_reset"]
          variables | ["received"]
          variables | [""]
          groups    | "a,,b"
          groups    | "a:b"
          series    | ["x: algorithm=median"]
          series    | ["x: window=0"]
          series    | ["x: window=1 slots=1001"]
          series    | ["x: colour=red"]
          series    | ["x", "x"]
          series    | [": window=1"]
          """)
  void whatMakesNoSenseIsToldWithItsKey(String key, String value) {
    var path = "sipscope.statistics." + key;
    var refused =
        assertThrows(ConfigException.class, () -> settings(path + " = " + value)).getMessage();
    assertTrue(refused.contains(path) && refused.contains("wanted: "), refused);
  }

  private List<String> shown(String... groups) {
    var values = cluster.read();
    return Stream.of(groups)
        .flatMap(values::picked)
        .map(reading -> reading.name() + "=" + reading.value())
        .toList();
  }
}
