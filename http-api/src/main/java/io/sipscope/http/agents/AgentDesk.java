package io.sipscope.http.agents;

import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;

/// One per node: tells the other nodes what this one takes in, and from whom.
public final class AgentDesk {
  public static final ServiceKey<Ask> KEY = ServiceKey.create(Ask.class, "agents");

  /// Answered at once, from what the node remembers.
  public record Ask(ActorRef<NodeReport> replyTo) {}

  private AgentDesk() {}

  public static Behavior<Ask> create(Supplier<NodeReport> report) {
    return Behaviors.setup(
        context -> {
          context.getSystem().receptionist().tell(Receptionist.register(KEY, context.getSelf()));
          return Behaviors.receiveMessage(
              ask -> {
                ask.replyTo().tell(report.get());
                return Behaviors.same();
              });
        });
  }
}
