package io.sipscope.node.script.dispatcher;

import io.sipscope.http.script.DispatcherSets;
import io.sipscope.node.script.variables.VariableKind.Unusable;
import java.util.List;
import java.util.Optional;

/// The sets of a node, as management commands see them.
///
/// @param relay begins what is needed to send to them
public record SetsOfNode(Dispatcher dispatcher, DispatcherSettings settings, HepRelay relay)
    implements DispatcherSets {

  @Override
  public List<Set> list() {
    return dispatcher.all().entrySet().stream()
        .map(set -> new Set(set.getKey(), set.getValue().stream().map(SetsOfNode::shown).toList()))
        .toList();
  }

  private static Destination shown(io.sipscope.node.script.dispatcher.Destination one) {
    return new Destination(one.uri(), one.state(), one.chosen().sum());
  }

  @Override
  public boolean mark(int set, String uri, State state) {
    return dispatcher.mark(set, uri, state);
  }

  @Override
  public Optional<String> reload() {
    var read = settings.read();
    if (!read.errors().isEmpty()) {
      return Optional.of(String.join("; ", read.errors()));
    }
    try {
      dispatcher.load(read.sets());
    } catch (Unusable wrong) {
      return Optional.of(wrong.getMessage());
    }
    relay.prepare(dispatcher.uris());
    return Optional.empty();
  }
}
