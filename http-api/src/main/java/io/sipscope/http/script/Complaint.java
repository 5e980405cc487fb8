package io.sipscope.http.script;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Locale;

/// What is wrong with a script, and where.
///
/// @param line 1-based; 0 when it is about the file itself
/// @param column 1-based
/// @param endColumn behind the last character that it is about
/// @param severity `error`: the script is not taken; `warning`
public record Complaint(
    String file, int line, int column, int endColumn, String message, String severity) {
  private static final String ERROR = Severity.ERROR.text();

  public enum Severity {
    ERROR,
    WARNING;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// About a whole file, or something that is in none.
  public static Complaint about(String file, String message, Severity severity) {
    return new Complaint(file, 0, 0, 0, message, severity.text());
  }

  @JsonIgnore
  public boolean isError() {
    return severity.equals(ERROR);
  }

  /// `policy.cfg:3:5: unknown function`.
  public String sentence() {
    return (line == 0 ? file : file + ":" + line + ":" + column) + ": " + message;
  }
}
