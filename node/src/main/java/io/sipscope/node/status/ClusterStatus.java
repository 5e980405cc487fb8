package io.sipscope.node.status;

import io.sipscope.node.cluster.Peers;
import io.sipscope.persistence.status.Identifier;
import io.sipscope.persistence.status.Status;
import io.sipscope.persistence.status.StatusReport;
import java.util.LinkedHashMap;
import java.util.TreeMap;

/// The group `cluster`: whether this node is a member, and each member as this node sees it.
public final class ClusterStatus {
  private static final Status UP = new Status(1, "up");
  private static final Status UNREACHABLE = new Status(-1, "unreachable");

  private final Identifier main;
  private final Named members;

  public ClusterStatus(StatusReport report) {
    main = report.identifier("cluster", StatusReport.MAIN, new Status(-1, "joining"));
    members = new Named(report, "cluster");
  }

  /// @param condition of this node, where it is no member: `Joining`
  public void look(Peers peers, String condition) {
    main.tell(peers.isMember() ? together(peers) : new Status(-1, condition));
    var statuses = new LinkedHashMap<String, Status>();
    new TreeMap<>(peers.conditions())
        .forEach(
            (address, is) ->
                statuses.put(
                    address,
                    switch (is) {
                      case UP -> UP;
                      case UNREACHABLE -> UNREACHABLE;
                    }));
    members.tell(statuses);
  }

  private static Status together(Peers peers) {
    int members = peers.conditions().size();
    long unreachable = peers.unreachable();
    return new Status(
        1,
        members
            + (members == 1 ? " member" : " members")
            + (unreachable == 0 ? "" : ", " + unreachable + " unreachable"));
  }
}
