package io.sipscope.bench.chaos;

import java.util.ArrayList;
import java.util.List;

/// What must not be, one sentence each, from whoever notices it.
final class Complaints {
  /// The first ones tell what is wrong; thousands of lost messages are counted elsewhere.
  private static final int SHOWN = 50;

  private final List<String> shown = new ArrayList<>();
  private long count;

  synchronized void add(String complaint) {
    count++;
    if (shown.size() < SHOWN) {
      shown.add(complaint);
      System.err.println("chaos: " + complaint);
    }
  }

  synchronized void addAll(List<String> complaints) {
    complaints.forEach(this::add);
  }

  synchronized long count() {
    return count;
  }

  synchronized List<String> shown() {
    return List.copyOf(shown);
  }
}
