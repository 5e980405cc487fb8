package io.sipscope.http;

import io.sipscope.http.script.BackTest;
import io.sipscope.http.script.Complaint;
import io.sipscope.http.script.DispatcherSets;
import io.sipscope.http.script.PolicyScript;
import io.sipscope.http.script.Reload;
import io.sipscope.http.script.ScriptState;
import io.sipscope.persistence.index.DialogQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  @Override
  public void profiling(boolean on) {
    // nothing runs
  }

  @Override
  public CompletionStage<BackTest> run(String text, DialogQuery on) {
    return CompletableFuture.completedStage(new BackTest.Refused(List.of()));
  }

  @Override
  public DispatcherSets dispatcher() {
    return new DispatcherSets() {
      @Override
      public List<Set> list() {
        return List.of();
      }

      @Override
      public boolean mark(int set, String uri, State state) {
        return false;
      }

      @Override
      public Optional<String> reload() {
        return Optional.empty();
      }
    };
  }
}
