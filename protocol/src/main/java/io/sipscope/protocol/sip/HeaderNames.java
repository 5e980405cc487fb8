package io.sipscope.protocol.sip;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/// Some header names, to be looked for in one pass over a message: a header nobody asked for costs
/// a look at its length.
public final class HeaderNames {
  /// Longer names are in no list of headers.
  private static final int MAX_NAME = 64;

  private final Set<String> names;
  private final List<List<HeaderName>> byLength;

  private HeaderNames(Set<String> names) {
    this.names = names;
    var all = names.stream().map(HeaderName::of).toList();
    byLength =
        IntStream.rangeClosed(0, MAX_NAME)
            .mapToObj(length -> all.stream().filter(name -> name.hasLength(length)).toList())
            .toList();
  }

  /// @param names long or compact, whatever their case
  public static HeaderNames of(Collection<String> names) {
    var lowerCase = new LinkedHashSet<String>();
    names.forEach(name -> lowerCase.add(name.toLowerCase(Locale.ROOT)));
    return new HeaderNames(Set.copyOf(lowerCase));
  }

  /// The name as it was asked for, in lower case; empty when it was not.
  String asked(byte[] array, int start, int end) {
    int length = end - start;
    if (length > MAX_NAME) {
      return "";
    }
    for (var name : byLength.get(length)) {
      if (name.matches(array, start, end)) {
        return name.lowerCase();
      }
    }
    return "";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HeaderNames that && names.equals(that.names);
  }

  @Override
  public int hashCode() {
    return names.hashCode();
  }

  @Override
  public String toString() {
    return names.toString();
  }
}
