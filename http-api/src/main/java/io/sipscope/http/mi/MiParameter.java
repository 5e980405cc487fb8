package io.sipscope.http.mi;

/// One parameter of a recipe, by the name and type that OpenSIPS 3.x gives it.
public record MiParameter(String name, Type type) {

  /// What a value may be. A number is taken where a text is wanted, and a text of digits where a
  /// number is.
  public enum Type {
    TEXT,
    INTEGER,
    ARRAY,
    /// Whatever came: the command looks for itself.
    ANY
  }

  public static MiParameter text(String name) {
    return new MiParameter(name, Type.TEXT);
  }

  public static MiParameter integer(String name) {
    return new MiParameter(name, Type.INTEGER);
  }

  /// Texts, at least one.
  public static MiParameter array(String name) {
    return new MiParameter(name, Type.ARRAY);
  }

  public static MiParameter any(String name) {
    return new MiParameter(name, Type.ANY);
  }
}
