package io.sipscope.persistence.index;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTermsTest {
  @ParameterizedTest
  @CsvSource({
    "4930123456789, 456789",
    "4930123456789@voice.example.com, 456789",
    "49301777777, 301777777",
    "Alice, alice",
    "bob@example.com, bob",
    "x@example.com, le.com",
    "a%b, a%b"
  })
  void theEndOfATextTellsMost(String text, String telling) {
    assertEquals(Optional.of(telling), SearchTerms.telling(text));
  }

  @Test
  void twoLettersAreTooFewForTheIndex() {
    assertEquals(Optional.empty(), SearchTerms.telling("ab"));
  }
}
