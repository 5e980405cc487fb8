package io.sipscope.http.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sipscope.http.json.Rfc3339;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpochTimeTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          1795262400           , 2026-11-21T12:00:00.000000000Z
          1795262400.25        , 2026-11-21T12:00:00.250000000Z
          1795262400250        , 2026-11-21T12:00:00.250000000Z
          1795262400250001     , 2026-11-21T12:00:00.250001000Z
          1795262400250001002  , 2026-11-21T12:00:00.250001002Z
          9999999999999999999  , none
          20261121             , none
          1795262400.          , none
          -1795262400          , none
          """)
  void theNumberOfDigitsTellsTheUnit(String text, String time) {
    var nanos = EpochTime.matches(text) ? EpochTime.parse(text) : java.util.OptionalLong.empty();
    assertEquals(time, nanos.isPresent() ? Rfc3339.text(nanos.getAsLong()) : "none");
  }
}
