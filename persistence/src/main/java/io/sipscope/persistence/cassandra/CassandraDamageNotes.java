package io.sipscope.persistence.cassandra;

import io.sipscope.persistence.index.DamageNotes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notes damage in the row of the dialog.
final class CassandraDamageNotes implements DamageNotes {
  private static final Logger LOG = LoggerFactory.getLogger(CassandraDamageNotes.class);

  /// Notes under way: each is decided by consensus, which costs the cluster some round trips.
  private static final int MOST = 16;

  private final DialogPartition dialogs;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  CassandraDamageNotes(DialogPartition dialogs) {
    this.dialogs = dialogs;
  }

  @Override
  public void note(String key, String damaged) {
    if (underWay.size() >= MOST || !underWay.add(key)) {
      return;
    }
    dialogs
        .note(key, damaged)
        .whenComplete(
            (_, failure) -> {
              underWay.remove(key);
              if (failure != null) {
                LOG.debug("it was not noted that a dialog is damaged", failure);
              }
            });
  }
}
