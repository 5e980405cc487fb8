package io.sipscope.node.script;

import io.sipscope.node.script.compile.Outcome;
import io.sipscope.node.script.compile.Script;
import io.sipscope.node.script.compile.ScriptReader;
import io.sipscope.node.script.dispatcher.Dispatcher;
import io.sipscope.node.script.engine.PolicyLanguage;
import io.sipscope.node.script.grammar.Complaint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WholeScriptsTest {
  @Test
  void print() throws Exception {
    var registry = PolicyLanguage.registry(_ -> true, Dispatcher.of(Map.of(), ""));
    var out = new StringBuilder();
    var n = 0;
    try (var files = Files.list(Path.of("src/test/resources/scripts"))) {
      for (var file : files.sorted().toList()) {
        var read = ScriptReader.read(file.getFileName().toString(), Files.readString(file), registry);
        List<Complaint> all =
            switch (read) {
              case Outcome.Refused(var complaints) -> complaints;
              case Script script -> script.warnings();
            };
        if (read instanceof Outcome.Refused) n++;
        out.append("== " + file.getFileName() + " " + (read instanceof Script ? "ok" : "REFUSED") + "\n");
        for (var c : all) out.append(c.isError() ? "E " : "w ").append(c.at()).append(' ').append(c.sentence()).append('\n');
      }
    }
    Files.writeString(Path.of("/tmp/h/language/whole.txt"), out + "\nrefused " + n);
  }
}
