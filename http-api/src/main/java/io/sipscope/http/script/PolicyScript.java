package io.sipscope.http.script;

import io.sipscope.persistence.index.DialogQuery;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// The policy script, as the API sees it.
public interface PolicyScript {
  /// A script of 10,000 lines takes half of it.
  int MAX_BYTES = 1_048_576;

  /// What runs on this node.
  ScriptState state();

  /// What is wrong with a text, were it the script of this node.
  List<Complaint> check(String text);

  /// Reads the files of all nodes again. When each is without errors all nodes begin to run
  /// theirs, otherwise none does.
  CompletionStage<Reload> reload();

  /// Counts from now on how often each line runs on this node, or no longer.
  void profiling(boolean on);

  /// Runs a script over stored dialogs, changing nothing.
  ///
  /// @param text the script
  /// @param on which dialogs
  CompletionStage<BackTest> run(String text, DialogQuery on);

  /// What it chooses destinations from, on this node.
  DispatcherSets dispatcher();
}
