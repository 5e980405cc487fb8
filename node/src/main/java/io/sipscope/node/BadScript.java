package io.sipscope.node;

import static java.util.stream.Collectors.joining;

import io.sipscope.http.script.Complaint;
import java.util.List;

/// The policy script has errors: each with its place. It stops the start.
public final class BadScript extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadScript(List<Complaint> complaints) {
    super(
        complaints.stream()
            .filter(Complaint::isError)
            .map(Complaint::sentence)
            .collect(joining(System.lineSeparator())));
  }
}
