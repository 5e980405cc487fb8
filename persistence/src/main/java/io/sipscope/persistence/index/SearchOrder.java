package io.sipscope.persistence.index;

/// Which time a list runs by, newest first.
enum SearchOrder {
  STARTED,
  UPDATED
}
