package io.sipscope.http.mi;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// One set of parameters that a command takes, and what it does with them. Called with every
/// parameter present and of its type. Failing is for what nobody foresaw: it is logged, and
/// answered as -32000.
public record MiRecipe(
    List<MiParameter> parameters, Function<MiArguments, CompletionStage<MiOutcome>> run) {
  public MiRecipe {
    parameters = List.copyOf(parameters);
  }

  /// The names of its parameters, as `which` lists them.
  public List<String> names() {
    return parameters.stream().map(MiParameter::name).toList();
  }
}
