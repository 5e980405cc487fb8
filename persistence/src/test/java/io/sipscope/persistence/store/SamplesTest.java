package io.sipscope.persistence.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.Config;
import io.sipscope.persistence.notes.Note;
import io.sipscope.persistence.recording.Sample;
import io.sipscope.persistence.recording.SampleStore;
import io.sipscope.persistence.statistics.StatisticName;
import io.sipscope.testing.RequiresCassandra;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Recorded statistics, whatever the store.
class SamplesTest {
  private static final StatisticName RECEIVED = new StatisticName("ingest", "received");
  private static final StatisticName SECOND = new StatisticName("dynamic", "ein Größe");

  /// Three minutes before midnight, so that a step may begin on one day and end on the next.
  private static final long T0 = 1_893_455_820_000L;

  abstract static class Contract {
    abstract Config emptyStore();

    private Config config;

    @Test
    void theLastOfEachStepIsReadAlsoAfterANewStart() {
      config = emptyStore();
      try (var node = new Node(config)) {
        var samples = node.store().samples();
        for (int i = 0; i < 36; i++) {
          if (i < 12 || i >= 24) {
            Node.await(samples.append(sample(T0 + i * 10_000L, i)));
          }
        }
        Node.await(samples.append(sample(T0, 99)));
      }
      try (var node = new Node(config)) {
        var samples = node.store().samples();
        var all = read(samples, T0, T0 + 360_000, 10_000);
        assertEquals(24, all.size());
        assertEquals(T0, all.getFirst().time());
        assertEquals(Map.of(RECEIVED, 35L, SECOND, -35L), all.getLast().values());
        assertEquals(
            List.of(T0 + 50_000, T0 + 110_000, T0 + 290_000, T0 + 350_000),
            times(read(samples, T0, T0 + 360_000, 60_000)));
        assertEquals(List.of(T0 + 350_000), times(read(samples, T0, T0 + 360_000, 86_400_000 * 7)));
        assertEquals(List.of(T0 + 10_000), times(read(samples, T0 + 10_000, T0 + 20_000, 10_000)));
        assertEquals(List.of(), read(samples, T0 + 120_000, T0 + 240_000, 60_000));
      }
    }

    @Test
    void whatIsOldIsForgotten() {
      try (var node = new Node(emptyStore())) {
        var samples = node.store().samples();
        Node.await(samples.append(sample(T0, 1)));
        Node.await(samples.append(sample(T0 + 10_000, 2)));
        Node.await(samples.forget(T0 + 10_000));
        assertEquals(remembered(), times(read(samples, T0, T0 + 60_000, 10_000)));
      }
    }

    @Test
    void theLastChoiceIsFoundAlsoAfterANewStart() {
      config = emptyStore();
      try (var node = new Node(config)) {
        var choice = node.store().choice();
        assertEquals(Optional.empty(), Node.await(choice.chosen()));
        Node.await(choice.choose(List.of("tm:", "ein Größe")));
        Node.await(choice.choose(List.of("load:load", "tm:")));
      }
      try (var node = new Node(config)) {
        var choice = node.store().choice();
        assertEquals(Optional.of(List.of("load:load", "tm:")), Node.await(choice.chosen()));
        Node.await(choice.choose(List.of()));
        assertEquals(Optional.of(List.of()), Node.await(choice.chosen()));
      }
    }

    @Test
    void ofNotesTheLaterCountsAlsoAfterANewStart() {
      config = emptyStore();
      try (var node = new Node(config)) {
        var notes = node.store().notes();
        Node.await(notes.keep(new Note("a", "x", 5, "five")));
        Node.await(notes.keep(new Note("a", "x", 4, "four")));
        Node.await(notes.keep(new Note("a", "b", 4, "ein Größe")));
        Node.await(notes.keep(new Note("b", "x", 4, "another kind")));
        Node.await(notes.keep(new Note("a", "gone", 4, "")));
        Node.await(notes.forget("a", "gone", 5));
        Node.await(notes.forget("a", "b", 3));
      }
      try (var node = new Node(config)) {
        assertEquals(
            List.of(new Note("a", "b", 4, "ein Größe"), new Note("a", "x", 5, "five")),
            Node.await(node.store().notes().read("a")));
      }
    }

    List<Long> remembered() {
      return List.of(T0 + 10_000);
    }
  }

  private static Sample sample(long time, long value) {
    return new Sample(time, new TreeMap<>(Map.of(RECEIVED, value, SECOND, -value)));
  }

  private static List<Sample> read(SampleStore samples, long from, long to, long step) {
    return Node.await(samples.read(from, to, step));
  }

  private static List<Long> times(List<Sample> samples) {
    return samples.stream().map(Sample::time).toList();
  }

  @Nested
  class OnH2 extends Contract {
    @TempDir private Path folder;
    private int stores;

    @Override
    Config emptyStore() {
      return TestStores.h2(folder.resolve("store" + stores++));
    }
  }

  @Nested
  class InMemory extends Contract {
    @Override
    Config emptyStore() {
      return TestStores.memory();
    }
  }

  @Nested
  class OnPostgres extends Contract {
    @Override
    Config emptyStore() {
      return TestStores.postgres();
    }
  }

  @Nested
  @RequiresCassandra
  class OnCassandra extends Contract {
    @Override
    Config emptyStore() {
      return TestStores.cassandra();
    }

    /// They end by their time to live.
    @Override
    List<Long> remembered() {
      return List.of(T0, T0 + 10_000);
    }
  }
}
