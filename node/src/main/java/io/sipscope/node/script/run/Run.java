package io.sipscope.node.script.run;

import io.sipscope.node.script.value.Value;
import io.sipscope.persistence.trace.TraceDecision;
import io.sipscope.persistence.trace.TraceNote;
import io.sipscope.persistence.trace.TraceOrder;
import io.sipscope.persistence.trace.TraceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// One run of a route: for a message, a timer, an event, or the start. Used by one thread.
public final class Run {
  /// Routes that call each other, as OpenSIPS has it (`ROUTE_MAX_REC_LEV`).
  public static final int DEEPEST = 100;

  /// What a run does that is told of to traces: a loop may log a million lines.
  public static final int MOST_NOTES = 256;

  /// Blocks of statements within each other, in all routes that call each other: each takes some of
  /// the thread's stack.
  private static final int MOST_NESTED = 500;

  /// What a text may grow to, in characters: a script that doubles one in a loop must not take the
  /// node's memory.
  public static final int LONGEST_TEXT = 1 << 20;

  /// All texts that one run makes, in characters.
  private static final long MOST_TEXT = 16L << 20;

  /// Characters of a text, times those of a pattern that is looked for in it: about as much work as
  /// a statement.
  private static final long SEARCHED_A_STEP = 256;

  private final Optional<Subject> subject;
  private final World world;
  private final Map<String, Value> variables = new HashMap<>();
  private final List<TraceOrder> orders = new ArrayList<>(0);
  private final List<TraceNote> notes = new ArrayList<>(0);
  private final List<TraceDecision.Lost> lost = new ArrayList<>(0);
  private final Map<Object, Object> kept = new HashMap<>(0);
  private long stepsLeft;
  private long textLeft = MOST_TEXT;
  private int depth;
  private int nested;
  private boolean isDropped;
  private boolean isLate;
  private Value result = Value.of(1);
  private List<Value> returned = List.of();
  private List<Value> parameters = List.of();
  private Map<String, Value> eventParameters = Map.of();

  /// @param subject empty in a timer, event or startup route
  /// @param steps statements it may run before it is taken for endless
  public Run(Optional<Subject> subject, World world, long steps) {
    this.subject = subject;
    this.world = world;
    this.stepsLeft = steps;
  }

  /// The run that goes on when the answer of `async` is in: this one is over. By then its message
  /// is stored, and it is too late to trace it.
  public Run goneOn() {
    var next = apart();
    next.kept.putAll(kept);
    next.isDropped = isDropped;
    return next;
  }

  /// The run of what `launch` calls when its answer is in, while this one goes on: it has the
  /// variables as they are now.
  public Run apart() {
    var next = new Run(subject, world.waiting(), stepsLeft);
    next.isLate = true;
    next.textLeft = textLeft;
    next.variables.putAll(variables);
    next.parameters = parameters;
    next.eventParameters = eventParameters;
    return next;
  }

  public Optional<Subject> subject() {
    return subject;
  }

  public World world() {
    return world;
  }

  /// `$var(x)` by name. They begin as null with each run.
  public Map<String, Value> variables() {
    return variables;
  }

  /// What is to be traced of the message, in the order in which it was asked for.
  public List<TraceOrder> orders() {
    return orders;
  }

  /// @throws ScriptFailure when the message was stored while an answer was waited for
  public void order(TraceOrder order) {
    if (isLate) {
      throw new ScriptFailure("it is too late to trace: the message was stored in the meantime");
    }
    orders.add(order);
  }

  /// What is told of the run to whoever traces more than SIP. A run that says no end of things is
  /// told of by its first ones, and how many more there were; the log has all.
  ///
  /// @param type not SIP
  public void note(TraceType type, CompletionStage<List<TraceNote.Entry>> records) {
    if (subject.isEmpty() || isDropped) {
      return;
    }
    if (notes.size() < MOST_NOTES) {
      notes.add(new TraceNote(type, orders.size(), records));
      return;
    }
    lost(new TraceDecision.Lost(type, orders.size(), 1));
  }

  private void lost(TraceDecision.Lost one) {
    for (int i = lost.size() - 1; i >= 0 && lost.get(i).orders() == one.orders(); i--) {
      if (lost.get(i).type() == one.type()) {
        lost.set(i, lost.get(i).and(one));
        return;
      }
    }
    lost.add(one);
  }

  /// What came of it.
  public TraceDecision decision() {
    return notes.isEmpty() ? TraceDecision.of(orders) : new TraceDecision(orders, notes, lost);
  }

  /// What functions and variables keep for each other during a run: documents of `$json`,
  /// iterators, what `ds_select_dst` chose. Keys are the owners' own.
  public Map<Object, Object> kept() {
    return kept;
  }

  /// Takes one step.
  ///
  /// @return false when there is none left
  public boolean step() {
    return --stepsLeft >= 0;
  }

  /// A pattern is looked for in a text: as many steps as that takes the time of.
  public void searches(int pattern, int text) {
    stepsLeft -= (long) pattern * text / SEARCHED_A_STEP;
  }

  /// A block begins.
  ///
  /// @throws ScriptFailure when it is nested too deep; then it has not begun
  public void begin() {
    if (nested >= MOST_NESTED) {
      throw new ScriptFailure("more than " + MOST_NESTED + " blocks in each other");
    }
    nested++;
  }

  public void end() {
    nested--;
  }

  /// A text was made.
  ///
  /// @throws ScriptFailure when it is too long, or there are too many of them
  public void made(int characters) {
    if (characters > LONGEST_TEXT) {
      throw new ScriptFailure("a text grew beyond " + LONGEST_TEXT + " characters");
    }
    textLeft -= characters;
    if (textLeft < 0) {
      throw new ScriptFailure("it makes more than " + MOST_TEXT + " characters of text");
    }
  }

  /// A route calls another one.
  ///
  /// @return false when they are nested too deep; then it has not been entered
  public boolean enter() {
    if (depth >= DEEPEST) {
      return false;
    }
    depth++;
    return true;
  }

  public void leave() {
    depth--;
  }

  /// `drop`: the message is not traced; it is captured all the same.
  public void drop() {
    isDropped = true;
    orders.clear();
    notes.clear();
    lost.clear();
  }

  public boolean isDropped() {
    return isDropped;
  }

  /// `$rc`: what the last function or route gave.
  public Value result() {
    return result;
  }

  public void result(Value value) {
    result = value;
  }

  /// `$return(0)` and on: what the last route gave besides its code.
  public List<Value> returned() {
    return returned;
  }

  public void returned(List<Value> values) {
    returned = List.copyOf(values);
  }

  /// `$param(1)` and on: what the route was called with.
  public List<Value> parameters() {
    return parameters;
  }

  public void parameters(List<Value> given) {
    parameters = List.copyOf(given);
  }

  /// `$param(name)` in an `event_route`.
  public Map<String, Value> eventParameters() {
    return eventParameters;
  }

  public void eventParameters(Map<String, Value> given) {
    eventParameters = Map.copyOf(given);
  }
}
