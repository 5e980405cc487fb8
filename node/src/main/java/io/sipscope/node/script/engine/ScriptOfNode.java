package io.sipscope.node.script.engine;

import io.sipscope.http.json.Rfc3339;
import io.sipscope.http.script.BackTest;
import io.sipscope.http.script.Complaint;
import io.sipscope.http.script.DispatcherSets;
import io.sipscope.http.script.PolicyScript;
import io.sipscope.http.script.Reload;
import io.sipscope.http.script.ScriptState;
import io.sipscope.http.script.ScriptState.Failure;
import io.sipscope.persistence.index.DialogQuery;
import io.sipscope.protocol.capture.Nanos;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// The script of a node, as the API sees it.
///
/// @param node its address
public record ScriptOfNode(
    String node,
    RunningScript running,
    ScriptFailures failures,
    ReloadAcross across,
    Watch watch,
    BackTester tester,
    DispatcherSets dispatcher)
    implements PolicyScript {

  @Override
  public ScriptState state() {
    var current = running.current();
    return new ScriptState(
        running.file().map(Path::toString).orElse(null),
        current.map(script -> Rfc3339.text(Nanos.of(script.since()))).orElse(null),
        current.map(RunningScript.Current::text).orElse(""),
        node,
        watch.isOn(),
        watch.hits(),
        failures.list().stream().map(ScriptOfNode::told).toList(),
        current.map(script -> script.script().complaints()).orElse(List.of()));
  }

  static Failure told(ScriptFailures.Failure failure) {
    var spot = failure.spot();
    return new Failure(
        spot.file(),
        spot.line(),
        spot.column(),
        failure.sentence(),
        failure.count(),
        Rfc3339.text(failure.lastAt()));
  }

  @Override
  public List<Complaint> check(String text) {
    return running.check(text);
  }

  @Override
  public CompletionStage<Reload> reload() {
    return across.reload();
  }

  @Override
  public void profiling(boolean on) {
    watch.switchTo(on);
  }

  @Override
  public CompletionStage<BackTest> run(String text, DialogQuery on) {
    return tester.run(text, on);
  }
}
