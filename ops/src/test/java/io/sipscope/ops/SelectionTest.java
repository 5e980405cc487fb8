package io.sipscope.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          from=alice&status=486,      /api/hep?from=alice&status=486
          text=new phone,             /api/hep?text=new%20phone
          user=müller#1,              /api/hep?user=m%C3%BCller%231
          from=%2B49,                 /api/hep?from=%2B49
          call-id=from%3Dx,           /api/hep?call-id=from%3Dx
          start=2026-11-21T09:00:00Z, /api/hep?start=2026-11-21T09:00:00Z
          a/b c@example.com,          /api/dialogs/a%2Fb%20c%40example.com/hep
          from,                       /api/dialogs/from/hep
          limit=5,                    /api/dialogs/limit%3D5/hep
          =alice,                     /api/dialogs/%3Dalice/hep
          """)
  void aWordThatBeginsWithAFiltersNameIsAFilterAndAnyOtherACallId(String word, String path) {
    assertEquals(path, Selection.of(word).hepPath());
  }

  @Test
  void whatMayHaveBeenMeantIsSaid() {
    assertTrue(Selection.of("form=alice").hint().contains("call-id, damaged, end, from, method"));
    assertTrue(Selection.of("from=+49").hint().contains("%2B"));
    assertEquals("", Selection.of("a@example.com").hint());
  }
}
