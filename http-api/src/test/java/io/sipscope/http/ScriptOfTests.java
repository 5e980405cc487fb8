package io.sipscope.http;

import io.sipscope.http.script.Complaint;
import io.sipscope.http.script.PolicyScript;
import io.sipscope.http.script.Reload;
import io.sipscope.http.script.ScriptState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A node that has no script.
public enum ScriptOfTests implements PolicyScript {
  NONE;

  @Override
  public ScriptState state() {
    return new ScriptState(null, null, "", "node", false, Map.of(), List.of(), List.of());
  }

  @Override
  public List<Complaint> check(String text) {
    return List.of();
  }

  @Override
  public CompletionStage<Reload> reload() {
    return CompletableFuture.completedStage(new Reload(false, List.of()));
  }
}
