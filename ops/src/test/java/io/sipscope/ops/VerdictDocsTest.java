package io.sipscope.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.protocol.verdict.Catalogue;
import io.sipscope.protocol.verdict.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The catalogue of rules as `ops/docs/verdicts.md` tells it; with
/// `-Dsipscope.write-docs=true` it is written anew instead of compared.
class VerdictDocsTest {
  private static final boolean WRITE = Boolean.getBoolean("sipscope.write-docs");
  private static final Path MARKDOWN = Path.of("docs", "verdicts.md");
  private static final String BEGIN = "<!-- catalogue -->\n";

  private static String table() {
    var table = new StringBuilder();
    for (var chapter : Catalogue.chapters()) {
      table.append("\n## ").append(chapter.about()).append("\n\n");
      table.append("| rule | level | when it speaks | what to check |\n");
      table.append("| --- | --- | --- | --- |\n");
      for (var rule : chapter.rules()) {
        table.append(line(rule));
      }
    }
    return table.toString();
  }

  private static String line(Rule rule) {
    return "| `"
        + rule.name()
        + "` "
        + rule.version()
        + " | "
        + rule.levelText()
        + " | "
        + rule.when()
        + " | "
        + rule.check()
        + " |\n";
  }

  @Test
  void theDocumentationTellsOfEveryRule() throws IOException {
    var text = Files.readString(MARKDOWN);
    int from = text.indexOf(BEGIN) + BEGIN.length();
    if (WRITE) {
      Files.writeString(MARKDOWN, text.substring(0, from) + table());
    } else {
      assertEquals(
          table(), text.substring(from), MARKDOWN + " (write it by -Dsipscope.write-docs=true)");
    }
  }
}
