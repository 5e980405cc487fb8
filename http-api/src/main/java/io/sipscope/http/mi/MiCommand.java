package io.sipscope.http.mi;

import java.util.List;
import java.util.Optional;

/// A management command: what every transport looks up, and `which` lists.
///
/// @param name in OpenSIPS 3.x (`get_statistics`), case-sensitive
/// @param canonical in OpenSIPS 4.1 (`statistics:get`)
/// @param help one sentence
/// @param recipes empty for a command that only 2.x has
/// @param namedOnly whether parameters by place are refused
/// @param legacy its form of 2.x, where that is another
public record MiCommand(
    String name,
    String canonical,
    String help,
    List<MiRecipe> recipes,
    boolean namedOnly,
    Optional<MiLegacy> legacy) {
  public MiCommand {
    recipes = List.copyOf(recipes);
  }

  public static MiCommand of(String name, String canonical, String help, MiRecipe... recipes) {
    return new MiCommand(name, canonical, help, List.of(recipes), false, Optional.empty());
  }

  public MiCommand onlyNamed() {
    return new MiCommand(name, canonical, help, recipes, true, legacy);
  }

  public MiCommand inTwo(MiLegacy form) {
    return new MiCommand(name, canonical, help, recipes, namedOnly, Optional.of(form));
  }

  /// `statistics` of `statistics:get`.
  public String module() {
    return canonical.substring(0, canonical.indexOf(':'));
  }

  /// `get` of `statistics:get`.
  public String local() {
    return canonical.substring(canonical.indexOf(':') + 1);
  }
}
