package io.sipscope.node.script.variables;

import io.sipscope.node.script.run.Place;
import io.sipscope.node.script.run.Run;
import io.sipscope.node.script.value.Value;

/// `$du`: where a message is to be relayed to. Chosen by a script or by `ds_select_dst`, for one
/// run.
public enum NextHop implements Place {
  PLACE;

  @Override
  public Value read(Run run) {
    return run.kept().get(this) instanceof Value chosen ? chosen : Value.Missing.NULL;
  }

  @Override
  public void write(Run run, Value value) {
    run.kept().put(this, value);
  }
}
