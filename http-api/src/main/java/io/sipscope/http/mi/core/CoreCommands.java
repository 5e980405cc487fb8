package io.sipscope.http.mi.core;

import io.sipscope.http.mi.MiCommand;
import io.sipscope.http.mi.MiOutcome;
import io.sipscope.http.mi.MiParameter;
import io.sipscope.http.mi.MiRecipe;
import io.sipscope.http.mi.MiRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// The commands of OpenSIPS's core.
public final class CoreCommands {

  /// C's `ctime`, in UTC.
  private static final DateTimeFormatter CTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Supplier<Instant> now;
  private final Supplier<MiRegistry> registry;
  private final Instant upSince;

  public CoreCommands(Supplier<Instant> now, Supplier<MiRegistry> registry) {
    this.now = now;
    this.registry = registry;
    this.upSince = now.get();
  }

  public List<MiCommand> commands() {
    return List.of(
        MiCommand.of(
            "uptime",
            "core:uptime",
            "Since when this node runs.",
            new MiRecipe(List.of(), _ -> MiOutcome.of(uptime()).now())),
        MiCommand.of(
            "version",
            "core:version",
            "The version that runs.",
            new MiRecipe(List.of(), _ -> server()),
            new MiRecipe(List.of(MiParameter.text("revision")), _ -> server())),
        MiCommand.of(
            "which",
            "core:which",
            "The commands there are, or the parameters of one.",
            new MiRecipe(List.of(), _ -> MiOutcome.of(names()).now()),
            new MiRecipe(
                List.of(MiParameter.text("command")), given -> recipes(given.text("command")))));
  }

  private static CompletionStage<MiOutcome> server() {
    return MiOutcome.of(Map.of("Server", "Sipscope (" + version() + ")")).now();
  }

  private List<String> names() {
    return registry.get().commands().stream().map(MiCommand::name).toList();
  }

  private CompletionStage<MiOutcome> recipes(String name) {
    return registry.get().commands().stream()
        .filter(command -> command.name().equals(name) || command.canonical().equals(name))
        .findFirst()
        .map(command -> MiOutcome.of(command.recipes().stream().map(MiRecipe::names).toList()))
        .orElseGet(() -> new MiOutcome.Fault(404, "unknown MI command"))
        .now();
  }

  private Map<String, String> uptime() {
    var moment = now.get();
    var answer = new LinkedHashMap<String, String>();
    answer.put("Now", CTIME.format(moment));
    answer.put("Up since", CTIME.format(upSince));
    answer.put("Up time", Duration.between(upSince, moment).toSeconds() + " [sec]");
    return answer;
  }

  /// As in the jar's manifest; a class folder has none.
  private static String version() {
    return Optional.ofNullable(CoreCommands.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
