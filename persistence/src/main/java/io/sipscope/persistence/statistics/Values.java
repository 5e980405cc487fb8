package io.sipscope.persistence.statistics;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Statistics as they are at one moment, in the order of the [Catalogue].
///
/// @param nodes how many nodes they are of
public record Values(List<Reading> readings, int nodes) {
  public Values {
    readings = List.copyOf(readings);
  }

  /// All but the hidden ones.
  public Stream<Reading> all() {
    return readings.stream().filter(reading -> !reading.description().hidden());
  }

  /// All of a group but the hidden ones; upper and lower case are the same.
  public Stream<Reading> group(String group) {
    return all().filter(reading -> reading.name().group().equalsIgnoreCase(group));
  }

  /// The first of a bare name, whatever its group; upper and lower case are the same.
  public Optional<Reading> named(String name) {
    return readings.stream()
        .filter(reading -> reading.name().name().equalsIgnoreCase(name))
        .findFirst();
  }

  /// That of a full name, in the case it has.
  public Optional<Reading> of(StatisticName name) {
    return readings.stream().filter(reading -> reading.name().equals(name)).findFirst();
  }

  /// What OpenSIPS's `get_statistics` picks: `all`, a whole `group:`, or a bare name.
  public Stream<Reading> picked(String wanted) {
    if (wanted.equals("all")) {
      return all();
    }
    return wanted.endsWith(":")
        ? group(wanted.substring(0, wanted.length() - 1))
        : named(wanted).stream();
  }

  /// The same, and `group:name` besides.
  public Stream<Reading> selected(String wanted) {
    return wanted.endsWith(":")
        ? picked(wanted)
        : StatisticName.of(wanted)
            .map(
                full ->
                    readings.stream()
                        .filter(
                            reading -> reading.name().toString().equalsIgnoreCase(full.toString())))
            .orElseGet(() -> picked(wanted));
  }
}
