package io.sipscope.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.persistence.events.EventCatalogue;
import io.sipscope.persistence.events.EventDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The events as `ops/docs/events.md` tells them. With `-Dsipscope.write-docs=true` the page is
/// written anew instead of compared.
class EventDocsTest {
  private static final boolean WRITE = Boolean.getBoolean("sipscope.write-docs");
  private static final Path MARKDOWN = Path.of("docs", "events.md");
  private static final String BEGIN = "<!-- events -->\n";
  private static final String END = "<!-- end of events -->\n";

  private static String table() {
    var table = new StringBuilder("| event | parameters | when |\n| --- | --- | --- |\n");
    for (var event : EventCatalogue.ALL) {
      table
          .append("| `")
          .append(event.name())
          .append("` | ")
          .append(
              event.parameters().stream()
                  .map(EventDocsTest::parameter)
                  .collect(Collectors.joining(", ")))
          .append(" | ")
          .append(event.cause())
          .append(" |\n");
    }
    return table.toString();
  }

  private static String parameter(EventDescription.Parameter parameter) {
    var name = "`" + parameter.name() + "`" + (parameter.whole() ? "#" : "");
    return parameter.optional() ? "[" + name + "]" : name;
  }

  @Test
  void everyEventIsDocumentedAsItIsRaised() throws IOException {
    var text = Files.readString(MARKDOWN);
    int from = text.indexOf(BEGIN) + BEGIN.length();
    int to = text.indexOf(END);
    if (WRITE) {
      Files.writeString(MARKDOWN, text.substring(0, from) + table() + text.substring(to));
      return;
    }
    assertEquals(table(), text.substring(from, to));
  }
}
