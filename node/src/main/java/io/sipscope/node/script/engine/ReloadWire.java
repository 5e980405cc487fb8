package io.sipscope.node.script.engine;

import io.sipscope.http.script.Complaint;
import io.sipscope.node.script.engine.ReloadDesk.Forget;
import io.sipscope.node.script.engine.ReloadDesk.Prepare;
import io.sipscope.node.script.engine.ReloadDesk.Prepared;
import io.sipscope.node.script.engine.ReloadDesk.Swap;
import io.sipscope.node.script.engine.ReloadDesk.Swapped;
import io.sipscope.persistence.wire.NodeWire;
import io.sipscope.persistence.wire.Unreadable;
import io.sipscope.persistence.wire.WireInput;
import io.sipscope.persistence.wire.WireOutput;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/// Writes and reads what nodes tell each other when the policy script is reloaded.
public final class ReloadWire extends NodeWire {
  private static final String PREPARE = "script.prepare/1";
  private static final String PREPARED = "script.prepared/1";
  private static final String SWAP = "script.swap/1";
  private static final String SWAPPED = "script.swapped/1";
  private static final String FORGET = "script.forget/1";
  private static final int IDENTIFIER = 50_626;
  private static final int USUAL_BYTES = 300;

  /// A script may be wrong in each of its lines; the first tell enough.
  private static final int MOST_COMPLAINTS = 100;

  /// The least bytes a complaint can take.
  private static final int SMALLEST = 6;

  private final ActorRefResolver references;

  public ReloadWire(ExtendedActorSystem system) {
    super(IDENTIFIER, USUAL_BYTES);
    references = ActorRefResolver.get(Adapter.toTyped(system));
  }

  @Override
  public String manifest(Object value) {
    return switch (value) {
      case Prepare _ -> PREPARE;
      case Prepared _ -> PREPARED;
      case Swap _ -> SWAP;
      case Swapped _ -> SWAPPED;
      case Forget _ -> FORGET;
      default -> throw unknown(value);
    };
  }

  @Override
  protected void write(WireOutput out, Object value) {
    switch (value) {
      case Prepare(var reload, var replyTo) -> {
        out.i64(reload);
        out.text(references.toSerializationFormat(replyTo));
      }
      case Swap(var reload, var replyTo) -> {
        out.i64(reload);
        out.text(references.toSerializationFormat(replyTo));
      }
      case Forget(var reload) -> out.i64(reload);
      case Swapped(var node, var done) -> {
        out.text(node);
        flag(out, done);
      }
      case Prepared(var node, var hasScript, var complaints) -> {
        out.text(node);
        flag(out, hasScript);
        write(out, first(complaints));
      }
      default -> throw unknown(value);
    }
  }

  /// Errors before warnings: that there is one must not be cut off.
  private static List<Complaint> first(List<Complaint> complaints) {
    var kept = new ArrayList<Complaint>();
    complaints.stream().filter(Complaint::isError).forEach(kept::add);
    complaints.stream().filter(complaint -> !complaint.isError()).forEach(kept::add);
    return kept.subList(0, Math.min(MOST_COMPLAINTS, kept.size()));
  }

  private static void write(WireOutput out, List<Complaint> complaints) {
    out.count(complaints.size());
    for (var complaint : complaints) {
      out.text(complaint.file());
      out.count(complaint.line());
      out.count(complaint.column());
      out.count(complaint.endColumn());
      out.text(complaint.message());
      out.text(complaint.severity());
    }
  }

  @Override
  protected Object read(WireInput in, String manifest) throws Unreadable {
    return switch (manifest) {
      case PREPARE -> new Prepare(in.i64(), references.resolveActorRef(in.text()));
      case SWAP -> new Swap(in.i64(), references.resolveActorRef(in.text()));
      case FORGET -> new Forget(in.i64());
      case SWAPPED -> new Swapped(in.text(), in.flag());
      case PREPARED -> new Prepared(in.text(), in.flag(), complaints(in));
      default -> throw unknown(manifest);
    };
  }

  private static List<Complaint> complaints(WireInput in) throws Unreadable {
    var complaints = new ArrayList<Complaint>();
    for (int left = in.elements(SMALLEST); left > 0; left--) {
      complaints.add(
          new Complaint(in.text(), number(in), number(in), number(in), in.text(), in.text()));
    }
    return complaints;
  }

  private static int number(WireInput in) throws Unreadable {
    return (int) Math.min(Integer.MAX_VALUE, in.count());
  }

  private static void flag(WireOutput out, boolean flag) {
    out.u8(flag ? 1 : 0);
  }
}
