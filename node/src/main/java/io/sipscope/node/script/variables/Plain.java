package io.sipscope.node.script.variables;

import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.run.Subject;
import io.sipscope.node.script.run.Term;
import io.sipscope.node.script.value.Value;
import io.sipscope.protocol.sip.SipMessage;
import java.util.function.Function;

/// A pseudo-variable without parentheses: `$rm`, `$si`.
record Plain(String name, Term term) implements VariableKind {
  @Override
  public Inner inner() {
    return Inner.NONE;
  }

  @Override
  public Term at(Argument argument) {
    return term;
  }

  /// Null where the route runs for no message.
  static Plain ofSubject(String name, Function<Subject, Value> reading) {
    return new Plain(name, run -> read(run, reading));
  }

  static Plain ofMessage(String name, Function<SipMessage, Value> reading) {
    return ofSubject(name, subject -> reading.apply(subject.message()));
  }

  static Value read(Run run, Function<Subject, Value> reading) {
    return run.subject().map(reading).orElse(Value.Missing.NULL);
  }

  /// A part of a message that is empty where it is missing.
  static Value present(String text) {
    return text.isEmpty() ? Value.Missing.NULL : Value.of(text);
  }
}
