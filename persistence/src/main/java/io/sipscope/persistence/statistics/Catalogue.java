package io.sipscope.persistence.statistics;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What every statistic means, and the order they are shown in: that of OpenSIPS, ours after it.
/// It is written down in `statistics/catalogue.txt`, a line each:
///
/// `group:name | counter, gauge or computed | unit | sum, lasting, max, average or local | One
/// sentence.`
///
/// A name with a `*` is that of many: `malformed_*`. Lines of that sort that follow each other are
/// a family: what they name is shown by what stands for the star, numbers by their size. The kind
/// may be followed by `hidden`.
public final class Catalogue {
  private static final String FILE = "/statistics/catalogue.txt";

  /// Names whose place was looked up before; those that clients ask for fit in many times.
  private static final int MAX_PLACES = 20_000;

  /// One line.
  ///
  /// @param family the number of the first line of its family; its own when it has none
  public record Entry(StatisticName name, Description description, int family, int line) {
    boolean isPattern() {
      return name.name().indexOf('*') >= 0;
    }

    /// What a name is shown by within its family; nothing where the line is a whole group's.
    private String starOf(String given) {
      return isPattern() && !name.name().equals("*") ? star(given).orElse("") : "";
    }

    /// What stands for the star.
    private Optional<String> star(String given) {
      int star = name.name().indexOf('*');
      var before = name.name().substring(0, star);
      var after = name.name().substring(star + 1);
      return given.length() > before.length() + after.length()
              && given.startsWith(before)
              && given.endsWith(after)
          ? Optional.of(given.substring(before.length(), given.length() - after.length()))
          : Optional.empty();
    }
  }

  /// Where a name is shown among the others.
  private record Place(int family, String star, int line) {}

  private static final Place LAST = new Place(Integer.MAX_VALUE, "", Integer.MAX_VALUE);

  private static final Comparator<Place> BY_PLACE =
      Comparator.comparingInt(Place::family)
          .thenComparingInt(place -> place.star().length())
          .thenComparing(Place::star)
          .thenComparingInt(Place::line);

  private static final Catalogue BUNDLED = read();

  private final List<Entry> entries;
  private final Map<StatisticName, Entry> exact = new HashMap<>();
  private final Map<String, List<Entry>> patterns = new HashMap<>();
  private final Map<StatisticName, Place> places = new ConcurrentHashMap<>();

  private Catalogue(List<Entry> entries) {
    this.entries = List.copyOf(entries);
    for (var entry : entries) {
      if (entry.isPattern()) {
        patterns.computeIfAbsent(entry.name().group(), _ -> new ArrayList<>()).add(entry);
      } else if (exact.put(entry.name(), entry) != null) {
        throw new IllegalArgumentException(entry.name() + " is described twice");
      }
    }
  }

  /// The one that comes with the program.
  public static Catalogue bundled() {
    return BUNDLED;
  }

  /// @param text lines of the form above; empty ones and those with a `#` in front say nothing
  static Catalogue of(String text) {
    var entries = new ArrayList<Entry>();
    int family = 0;
    boolean inFamily = false;
    int number = 0;
    for (var line : text.lines().map(String::strip).toList()) {
      if (line.isEmpty() || line.startsWith("#")) {
        inFamily = false;
        continue;
      }
      number++;
      boolean pattern = line.substring(0, line.indexOf('|')).indexOf('*') >= 0;
      family = pattern && inFamily ? family : number;
      inFamily = pattern;
      entries.add(entry(line, family, number));
    }
    return new Catalogue(entries);
  }

  private static Entry entry(String line, int family, int number) {
    var cells = line.split("\\s*\\|\\s*", -1);
    if (cells.length != 5 || cells[0].indexOf(':') < 1 || cells[4].isEmpty()) {
      throw new IllegalArgumentException("catalogue: " + line);
    }
    int colon = cells[0].indexOf(':');
    var kind = cells[1].split(" ", -1);
    return new Entry(
        new StatisticName(cells[0].substring(0, colon), cells[0].substring(colon + 1)),
        new Description(
            Kind.valueOf(kind[0].toUpperCase(Locale.ROOT)),
            cells[2],
            Across.valueOf(cells[3].toUpperCase(Locale.ROOT)),
            kind.length > 1 && kind[1].equals("hidden"),
            cells[4]),
        family,
        number);
  }

  private static Catalogue read() {
    try (var in = Objects.requireNonNull(Catalogue.class.getResourceAsStream(FILE), FILE);
        var text = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return of(String.join("\n", text.lines().toList()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Every line, in order.
  public List<Entry> entries() {
    return entries;
  }

  public Optional<Description> describe(StatisticName name) {
    return entry(name).map(Entry::description);
  }

  /// Whether some group has a statistic of that name, upper and lower case being the same.
  boolean hasBareName(String name) {
    return exact.keySet().stream().anyMatch(known -> known.name().equalsIgnoreCase(name));
  }

  private Optional<Entry> entry(StatisticName name) {
    var found = exact.getOrDefault(name, exact.get(ofAnyGroup(name)));
    return found != null
        ? Optional.of(found)
        : patterns.getOrDefault(name.group(), List.of()).stream()
            .filter(entry -> entry.star(name.name()).isPresent())
            .findFirst();
  }

  /// `agent-*:packets` describes that name in each group that begins so.
  private static StatisticName ofAnyGroup(StatisticName name) {
    int dash = name.group().indexOf('-');
    return dash < 0 ? name : new StatisticName(name.group().substring(0, dash) + "-*", name.name());
  }

  /// The order they are shown in; what is not described is all equal, and last.
  public int compare(StatisticName a, StatisticName b) {
    return BY_PLACE.compare(place(a), place(b));
  }

  /// What stands for the star in the group; empty where there is none.
  private static String groupStar(Entry entry, StatisticName name) {
    return entry.name().group().endsWith("-*") ? name.group() : "";
  }

  private Place place(StatisticName name) {
    var known = places.get(name);
    if (known != null) {
      return known;
    }
    var place =
        entry(name)
            .map(
                entry ->
                    new Place(
                        entry.family(),
                        entry.isPattern()
                            ? entry.starOf(name.name())
                            : groupStar(entry, name),
                        entry.line()))
            .orElse(LAST);
    if (places.size() < MAX_PLACES) {
      places.put(name, place);
    }
    return place;
  }
}
