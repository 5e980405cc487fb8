package io.sipscope.persistence.status;

/// How something is doing: below 0 it is not ready, above it is (OpenSIPS's status/report
/// interface).
///
/// @param details empty = none
public record Status(int code, String details) {
  public static final Status RUNNING = new Status(1, "running");

  /// 0 says nothing, and so counts as ready, as in OpenSIPS.
  public Status {
    code = code == 0 ? 1 : code;
  }

  public boolean isReady() {
    return code > 0;
  }
}
