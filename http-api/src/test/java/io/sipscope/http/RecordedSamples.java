package io.sipscope.http;

import io.sipscope.persistence.recording.ChoiceStore;
import io.sipscope.persistence.recording.Recording;
import io.sipscope.persistence.recording.RecordingSettings;
import io.sipscope.persistence.recording.Sample;
import io.sipscope.persistence.recording.SampleStore;
import io.sipscope.persistence.statistics.StatisticName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A minute of the year 2020, recorded every ten seconds but for the third.
final class RecordedSamples implements SampleStore {
  static final long T0 = 1_577_836_800_000L;

  static Recording recording() {
    return new Recording(
        new RecordedSamples(),
        new RecordingSettings(List.of("ingest:"), Duration.ofSeconds(10), Duration.ofDays(30)),
        new Choice());
  }

  /// In memory.
  private static final class Choice implements ChoiceStore {
    private volatile Optional<List<String>> chosen = Optional.empty();

    @Override
    public CompletionStage<Optional<List<String>>> chosen() {
      return CompletableFuture.completedStage(chosen);
    }

    @Override
    public CompletionStage<Void> choose(List<String> names) {
      chosen = Optional.of(names);
      return CompletableFuture.completedStage(null);
    }
  }

  @Override
  public CompletionStage<Void> append(Sample sample) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<List<Sample>> read(long from, long to, long step) {
    var last = new TreeMap<Long, Sample>();
    for (int i = 0; i < 6; i++) {
      long time = T0 + i * 10_000L;
      if (i != 2 && time >= from && time < to) {
        last.put(
            time / step,
            new Sample(
                time, new TreeMap<>(Map.of(new StatisticName("ingest", "received"), (long) i))));
      }
    }
    return CompletableFuture.completedStage(List.copyOf(last.values()));
  }

  @Override
  public CompletionStage<Void> forget(long before) {
    return CompletableFuture.completedStage(null);
  }
}
