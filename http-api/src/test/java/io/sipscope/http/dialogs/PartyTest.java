package io.sipscope.http.dialogs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartyTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          +442079460112       , +442079460112@pbx.example.com  , true
          00442079460112      , +442079460112@pbx.example.com  , true
          020 7946 0112       , +442079460112@pbx.example.com  , true
          sip:2079460112@a.b  , 442079460112@c.d               , true
          2079460112          , +442079460113@pbx.example.com  , false
          101                 , 101@pbx.example.com            , true
          101                 , 442079460101@pbx.example.com   , false
          460112              , 442079460112@pbx.example.com   , true
          Alice               , alice@example.com              , true
          alice               , malice@example.com             , false
          anonymous           , 442079460112@pbx.example.com   , false
          ''                  , 442079460112@pbx.example.com   , false
          """)
  void numbersAreTheSameHoweverTheyAreWritten(String logged, String address, boolean same) {
    assertEquals(same, Party.isSame(logged, address));
  }
}
