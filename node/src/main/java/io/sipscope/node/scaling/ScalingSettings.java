package io.sipscope.node.scaling;

import io.sipscope.http.Internals;
import io.sipscope.node.BadSetting;
import io.sipscope.node.Repeated;
import io.sipscope.node.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorSystem;

/// `sipscope.auto-scaling`, checked.
///
/// @param profile what the workers go by; empty = there are none
/// @param workers to begin with
public record ScalingSettings(Optional<Profile> profile, Duration cycle, int workers) {
  /// What is more than the profile has is taken as what it has.
  private static final int MOST_ASKED_FOR = 1_000;

  private static final String PROFILES = "sipscope.auto-scaling.profiles";
  private static final String USE = "sipscope.auto-scaling.use";

  public static ScalingSettings from(Setting setting) {
    var profiles = profiles(setting.texts(PROFILES));
    var cycle =
        setting.duration(
            "sipscope.auto-scaling.cycle", Duration.ofMillis(100), Duration.ofHours(1));
    int workers = setting.count("sipscope.auto-scaling.workers", 1, MOST_ASKED_FOR);
    var use = setting.text(USE).strip();
    if (use.isEmpty()) {
      return new ScalingSettings(Optional.empty(), cycle, workers);
    }
    var used = profiles.stream().filter(profile -> profile.isNamed(use)).findFirst();
    var profile =
        used.map(Profile::capped)
            .orElseThrow(
                () ->
                    new BadSetting(
                        USE,
                        use,
                        "the name of one of " + PROFILES + shown(profiles) + ", or empty"));
    return new ScalingSettings(
        Optional.of(profile),
        cycle,
        Math.clamp(workers, Math.max(1, profile.least()), profile.most()));
  }

  /// Those to begin with; empty when no profile is used.
  public Optional<WorkerThreads> threads() {
    return profile.map(
        scaled -> {
          var threads = new WorkerThreads(scaled.most());
          IntStream.range(0, workers).forEach(_ -> threads.add());
          return threads;
        });
  }

  /// Has them grow and shrink from now on.
  ///
  /// @param threads what [#threads] made
  /// @param readerNanos nanoseconds that the socket was read for so far
  /// @param socket `host:port`
  public void begin(
      ActorSystem<?> system,
      Optional<WorkerThreads> threads,
      LongSupplier readerNanos,
      AutoScaling.Roster roster,
      Internals inside,
      String socket) {
    if (profile.isEmpty() || threads.isEmpty()) {
      return;
    }
    var scaled = threads.get();
    var scaling =
        new AutoScaling(
            profile.get(), scaled, readerNanos, roster, inside, socket, System::nanoTime);
    var everyCycle =
        system
            .scheduler()
            .scheduleAtFixedRate(
                cycle,
                cycle,
                new Repeated("auto scaling", scaling::look),
                system.executionContext());
    system
        .getWhenTerminated()
        .thenRun(
            () -> {
              everyCycle.cancel();
              scaled.close();
            });
  }

  private static List<Profile> profiles(List<String> texts) {
    var profiles = new ArrayList<Profile>();
    for (var text : texts) {
      var profile =
          Profile.parse(text).orElseThrow(() -> new BadSetting(PROFILES, text, Profile.WANTED));
      if (profiles.stream().anyMatch(other -> other.isNamed(profile.name()))) {
        throw new BadSetting(PROFILES, text, "of a name that no other has, whatever its case");
      }
      profiles.add(profile);
    }
    return profiles;
  }

  private static String shown(List<Profile> profiles) {
    return profiles.isEmpty()
        ? " (which are none)"
        : " (" + String.join(", ", profiles.stream().map(Profile::name).toList()) + ")";
  }
}
