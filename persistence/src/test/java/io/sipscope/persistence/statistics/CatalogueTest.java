package io.sipscope.persistence.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private static final String TEXT =
      """
      # two of a kind
      core:second | counter | messages | sum | The second.
      core:first  | gauge hidden | dialogs | sum | The first.

      load:load-proc-*   | computed | percent | local | Of a worker.
      load:load1m-proc-* | computed | percent | local | Of a worker, a minute.
      load:load          | computed | percent | average | Of all.
      """;

  private static final Catalogue CATALOGUE = Catalogue.of(TEXT);

  @Test
  void tellsWhatAStatisticIs() {
    assertEquals(
        Optional.of(new Description(Kind.GAUGE, "dialogs", Across.SUM, true, "The first.")),
        CATALOGUE.describe(new StatisticName("core", "first")));
    assertEquals(
        Optional.of("Of a worker, a minute."),
        CATALOGUE.describe(new StatisticName("load", "load1m-proc-7")).map(Description::meaning));
    assertEquals(Optional.empty(), CATALOGUE.describe(new StatisticName("load", "load-proc-")));
    assertEquals(Optional.empty(), CATALOGUE.describe(new StatisticName("net", "first")));
  }

  @Test
  void ordersByLineAndAFamilyByWhatStandsForTheStar() {
    var names =
        Stream.of(
                "load:load",
                "zoo:bar",
                "load:load1m-proc-10",
                "load:load-proc-10",
                "load:load1m-proc-9",
                "core:first",
                "load:load-proc-9",
                "core:second")
            .map(text -> text.split(":", -1))
            .map(parts -> new StatisticName(parts[0], parts[1]))
            .sorted(CATALOGUE::compare)
            .map(StatisticName::toString)
            .toList();
    assertEquals(
        List.of(
            "core:second",
            "core:first",
            "load:load-proc-9",
            "load:load1m-proc-9",
            "load:load-proc-10",
            "load:load1m-proc-10",
            "load:load",
            "zoo:bar"),
        names);
  }

  @Test
  void refusesALineThatSaysTooLittle() {
    assertThrows(
        IllegalArgumentException.class, () -> Catalogue.of("core:x | counter | messages | sum | "));
  }

  @Test
  void everyBundledMeaningIsASentence() {
    for (var entry : Catalogue.bundled().entries()) {
      var meaning = entry.description().meaning();
      assertTrue(
          Character.isUpperCase(meaning.charAt(0)) || Character.isDigit(meaning.charAt(0)),
          entry::toString);
      assertTrue(meaning.endsWith("."), entry::toString);
    }
  }
}
