package io.sipscope.node.status;

import io.sipscope.persistence.status.Status;
import io.sipscope.persistence.status.StatusReport;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Identifiers of a group that come and go with what they stand for. Of one thread.
final class Named {
  private final StatusReport report;
  private final String group;
  private Set<String> known = Set.of();

  Named(StatusReport report, String group) {
    this.report = report;
    this.group = group;
  }

  /// @param statuses of those there are, by name, in the order in which they are listed
  void tell(Map<String, Status> statuses) {
    statuses.forEach(
        (name, status) -> {
          var identifier = report.identifier(group, name, status);
          if (known.contains(name)) {
            identifier.tell(status);
          } else {
            identifier.report(status.details());
          }
        });
    for (var name : known) {
      if (!statuses.containsKey(name)) {
        report.forget(group, name);
      }
    }
    known = new HashSet<>(statuses.keySet());
  }
}
