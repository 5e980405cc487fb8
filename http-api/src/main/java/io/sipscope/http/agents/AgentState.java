package io.sipscope.http.agents;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// What one node knows of one capture agent, since that node started.
///
/// @param firstAt nanoseconds since the epoch; empty for a listed agent that was never heard
/// @param lastAt nanoseconds since the epoch, likewise
/// @param clockOffset nanoseconds from the packet's time to its arrival: the least of the last
///     minute or two. That is how far the agent's clock is behind ours, with the shortest way
///     added; negative = it is ahead. Empty while no packet said a time
/// @param rate packets a second, over the last minute
public record AgentState(
    Identity identity,
    Link link,
    Counts counts,
    Silences silences,
    OptionalLong firstAt,
    OptionalLong lastAt,
    OptionalLong clockOffset,
    double rate) {

  /// @param name as it says; empty when it says none
  /// @param id as it says; 0 when it says none
  /// @param listed whether the configuration has it
  public record Identity(String name, long id, boolean listed) {
    /// The name when there is one, else the id.
    public String text() {
      return !name.isEmpty() ? name : id == 0 ? "" : Long.toString(id);
    }
  }

  /// How it reaches the node.
  ///
  /// @param carrier `udp`, `tcp` or `tls`; empty = never heard
  /// @param address where the latest packet came from; empty = never heard
  /// @param addresses where its packets came from, the latest few
  /// @param version of the latest packet: 1, 2 or 3; 0 = never heard
  /// @param authenticated whether the latest packet showed its key
  /// @param disconnects connections of it that ended
  public record Link(
      String carrier,
      String address,
      List<String> addresses,
      int version,
      boolean authenticated,
      long disconnects) {
    public static final Link NONE = new Link("", "", List.of(), 0, false, 0);

    public Link {
      addresses = List.copyOf(addresses);
    }
  }

  /// What became of its packets.
  ///
  /// @param packets that were let in
  /// @param stored messages in the journal; what an earlier process left in the spool counts too
  /// @param notSip packets of something else, such as RTCP or logs
  /// @param malformed packets that could not be read
  /// @param dropped by reason; those that were refused in its name besides
  public record Counts(
      long packets, long stored, long notSip, long malformed, Map<String, Long> dropped) {
    public static final Counts NONE = new Counts(0, 0, 0, 0, Map.of());

    public Counts {
      dropped = Map.copyOf(dropped);
    }

    public long droppedInAll() {
      return dropped.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /// When it said nothing for longer than is usual with it, while others spoke.
  ///
  /// @param gaps how many, that which lasts included
  /// @param latest those of them that ended, the latest few, the oldest first
  /// @param since nanoseconds since the epoch, when the one that lasts began
  public record Silences(long gaps, List<Gap> latest, OptionalLong since) {
    public static final Silences NONE = new Silences(0, List.of(), OptionalLong.empty());

    public Silences {
      latest = List.copyOf(latest);
    }
  }

  /// @param start nanoseconds since the epoch
  /// @param length nanoseconds
  public record Gap(long start, long length) {}
}
