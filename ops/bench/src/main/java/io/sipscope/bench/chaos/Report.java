package io.sipscope.bench.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sipscope.bench.Call;
import io.sipscope.bench.chaos.MessageCheck.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// What happened, as JSON lines while it happens, and as a table in the end.
final class Report {
  /// Complaints below the table; the JSON line has more.
  private static final int SHOWN = 10;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LINE = "%-10s %5s  %15s  %11s  %11s  %11s  %12s %6s %6s%n";

  private final List<Entry> entries = new ArrayList<>();

  /// @param found of the calls that were acknowledged between the fault before and this one
  private record Entry(Recovery recovery, Found found) {}

  void begin(ObjectNode settings) {
    print(settings);
  }

  void add(Recovery recovery, Found found) {
    entries.add(new Entry(recovery, found));
    var line = JSON.createObjectNode();
    line.put("fault", recovery.fault().text()).put("number", entries.size());
    put(line, "noticedMillis", recovery.seen().noticed());
    put(line, "awayMillis", recovery.away());
    put(line, "storedMeanwhile", recovery.stored());
    put(line, "readyMillis", recovery.ready());
    put(line, "writtenMillis", recovery.written());
    put(line, "slowestAnswerMillis", recovery.seen().slowest());
    put(line, "commandP99Millis", recovery.seen().command());
    if (!recovery.seen().said().isEmpty()) {
      recovery.seen().said().forEach(line.putArray("said")::add);
    }
    put(line, found);
    print(line);
  }

  /// @param journal what the journal itself says, of a store that outlives its node
  void end(Outcome outcome, Optional<JournalCheck> journal, Complaints complaints) {
    var line = JSON.createObjectNode();
    line.put("faults", entries.size());
    put(line, outcome.found());
    line.put("notFoundBySearch", outcome.unfound());
    line.put("damaged", outcome.damaged());
    line.put("dialogs", outcome.sought().messages().size());
    line.put("stored", outcome.sought().stored()).put("promised", outcome.promised());
    journal.ifPresent(
        check -> {
          line.put("journalEvents", check.events()).put("journalDialogs", check.dialogs());
          line.put("gaps", check.gaps()).put("duplicates", check.duplicates());
        });
    line.put("complaints", complaints.count());
    complaints.shown().forEach(line.putArray("first")::add);
    print(line);
    table(outcome, journal, complaints);
  }

  private void table(Outcome outcome, Optional<JournalCheck> journal, Complaints complaints) {
    System.out.println();
    System.out.printf(
        LINE,
        "fault",
        "times",
        "ready p50 / max",
        "noticed max",
        "written max",
        "slowest ask",
        "acknowledged",
        "lost",
        "extra");
    for (var fault : Fault.values()) {
      var of = entries.stream().filter(entry -> entry.recovery().fault() == fault).toList();
      if (!of.isEmpty()) {
        row(fault, of);
      }
    }
    var found = outcome.found();
    System.out.printf(
        LINE,
        "in the end",
        entries.size(),
        "",
        "",
        "",
        "",
        found.messages(),
        found.lost(),
        found.extra());
    System.out.printf(
        "%,d dialogs, %,d messages stored, of at least %,d that had to be; %,d acknowledged calls"
            + " are not found by the search, %d dialogs damaged%n",
        outcome.sought().messages().size(),
        outcome.sought().stored(),
        outcome.promised(),
        outcome.unfound(),
        outcome.damaged());
    journal.ifPresent(
        check ->
            System.out.printf(
                "journal: %,d events of %,d dialogs, sequence gaps %d, duplicates %d%n",
                check.events(), check.dialogs(), check.gaps(), check.duplicates()));
    System.out.printf("complaints: %d%n", complaints.count());
    complaints.shown().stream().limit(SHOWN).forEach(each -> System.out.println("  " + each));
  }

  private static void row(Fault fault, List<Entry> entries) {
    var found = entries.stream().map(Entry::found).reduce(Found.NOTHING, Found::and);
    System.out.printf(
        LINE,
        fault.text(),
        entries.size(),
        percentile(entries, Recovery::ready, 0.5) + " / " + percentile(entries, Recovery::ready, 1),
        percentile(entries, recovery -> recovery.seen().noticed(), 1),
        percentile(entries, Recovery::written, 1),
        percentile(entries, recovery -> recovery.seen().slowest(), 1),
        found.messages(),
        found.lost(),
        found.extra());
  }

  private static String percentile(
      List<Entry> entries, Function<Recovery, OptionalLong> field, double share) {
    var values =
        entries.stream()
            .map(entry -> field.apply(entry.recovery()))
            .filter(OptionalLong::isPresent)
            .mapToLong(OptionalLong::getAsLong)
            .sorted()
            .toArray();
    return values.length == 0
        ? "-"
        : "%.1f s".formatted(values[(int) Math.ceil(share * values.length) - 1] / 1000.0);
  }

  private static void put(ObjectNode line, String name, OptionalLong value) {
    value.ifPresent(number -> line.put(name, number));
  }

  private static void put(ObjectNode line, Found found) {
    line.put("acknowledged", found.messages())
        .put("acknowledgedCalls", found.messages() / Call.MESSAGES);
    line.put("lost", found.lost()).put("extra", found.extra());
    line.put("disordered", found.disordered());
  }

  private static void print(ObjectNode line) {
    System.out.println(line);
  }
}
