package io.sipscope.persistence.sql;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Tells a store that is away, busy, full or read-only, which the same statement may survive later,
/// from a statement that will never do.
public final class StoreAway {
  /// SQLSTATE classes: connection (08), rollback after a conflict (40), resources (53), an
  /// operator's intervention (57), the system itself (58); a read-only transaction (25006); and
  /// H2's own codes: file system (90028, 90031), database closed (90098).
  private static final Pattern STATE =
      Pattern.compile("(08|40|53|57|58)...|25006|90028|90031|90098");

  /// Drivers and pools wrap a failure a few times; a chain that bites its tail ends too.
  private static final int MAX_CAUSES = 16;

  private StoreAway() {}

  public static boolean isWhy(SQLException failure) {
    return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(MAX_CAUSES)
        .anyMatch(StoreAway::isOne);
  }

  private static boolean isOne(Throwable cause) {
    return switch (cause) {
      case SQLTransientException _,
          SQLRecoverableException _,
          SQLNonTransientConnectionException _ ->
          true;
      case SQLException sql ->
          sql.getSQLState() != null && STATE.matcher(sql.getSQLState()).matches();
      default -> false;
    };
  }
}
