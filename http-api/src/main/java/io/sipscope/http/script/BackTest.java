package io.sipscope.http.script;

import io.sipscope.http.script.ScriptState.Failure;
import java.util.List;
import java.util.Map;

/// What came of running a script over stored dialogs.
public sealed interface BackTest {

  /// What a script would have done with stored dialogs.
  ///
  /// @param dialogs that it ran over
  /// @param messages of theirs, of which it ran for each
  /// @param statistics what it would have counted, by `group:name`
  /// @param events how often it would have raised which
  /// @param relayed messages, by where to
  /// @param requests of `rest_get` and `rest_post`, by where to
  /// @param dropped messages that it called `drop` for
  /// @param hits how often a line ran, by its number
  /// @param complete false when there was more than a bound of time or number has room for
  /// @param warnings what is strange in the script
  record Done(
      long dialogs,
      long messages,
      List<Traced> traced,
      Map<String, Long> statistics,
      Map<String, Long> events,
      Map<String, Long> relayed,
      Map<String, Long> requests,
      long dropped,
      List<Line> log,
      List<Failure> failures,
      Map<Integer, Long> hits,
      boolean complete,
      List<Complaint> warnings)
      implements BackTest {
    public Done {
      traced = List.copyOf(traced);
      log = List.copyOf(log);
      failures = List.copyOf(failures);
      warnings = List.copyOf(warnings);
    }
  }

  /// The script does not load.
  record Refused(List<Complaint> complaints) implements BackTest {
    public Refused {
      complaints = List.copyOf(complaints);
    }
  }

  /// Another one is under way on this node.
  record Busy() implements BackTest {}

  /// @param scope `message`, `transaction` or `dialog`
  /// @param dialogs in which something is traced
  record Traced(String traceId, String scope, long dialogs, long messages) {}

  /// What `xlog` would have written.
  ///
  /// @param level `ERR`, `INFO`...
  record Line(String level, String line, long count) {}
}
