package io.sipscope.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PrintableTest {

  @Test
  void anEscapeSequenceIsShownAndNotObeyed() {
    assertEquals("\\x1b]0;owned\\x07", Printable.line("\u001b]0;owned\u0007"));
  }

  @Test
  void lineBreaksCannotForgeALine() {
    assertEquals("a\\r\\nb\\u2028c", Printable.line("a\r\nb\u2028c"));
  }

  @Test
  void textThatRunsBackwardsIsShownAsWhatItIs() {
    assertEquals("\\u202egpj.exe", Printable.line("\u202egpj.exe"));
  }

  @Test
  void lettersOfAnyScriptStay() {
    assertEquals("Łódź 東京 →", Printable.line("Łódź 東京 →"));
  }

  @Test
  void aTextOfManyLinesKeepsItsLinesAndNothingElse() {
    assertEquals("{\n\t1\\x9b\n}", Printable.text("{\n\t1\u009b\n}"));
  }
}
