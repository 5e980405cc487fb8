package io.sipscope.persistence.sql;

import io.sipscope.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.postgresql.PGConnection;

/// Rows for a table of PostgreSQL in the binary format of its COPY command (its manual, COPY,
/// "Binary Format"): each row is a count of fields, each field a length and its bytes. Nothing is
/// parsed or planned for a row, which makes it the cheapest way in.
public final class BinaryCopy {
  private static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final int NULL = -1;
  private static final int END = 0xffff;

  private byte[] array;
  private int size;

  /// @param expected about how many bytes there will be; it grows when needed
  public BinaryCopy(int expected) {
    array = Arrays.copyOf(HEADER, HEADER.length + Math.max(64, expected));
    size = HEADER.length;
  }

  /// Begins a row; so many fields must follow.
  public void row(int fields) {
    i16(fields);
  }

  /// A field of type `bigint`.
  public void bigint(long value) {
    i32(Long.BYTES);
    i64(value);
  }

  /// A field of type `integer`.
  public void integer(int value) {
    i32(Integer.BYTES);
    i32(value);
  }

  /// A field of type `text`; it must not hold the character 0.
  public void text(String value) {
    field(value.getBytes(StandardCharsets.UTF_8));
  }

  /// A field of type `bytea`.
  public void bytea(Bytes value) {
    i32(value.length());
    room(value.length());
    value.copyTo(array, size);
    size += value.length();
  }

  /// A field of type `bytea`.
  public void bytea(byte[] value) {
    field(value);
  }

  /// A field of any type.
  public void nothing() {
    i32(NULL);
  }

  /// Sends the rows, which must be whole, within the connection's transaction.
  ///
  /// @param statement `copy TABLE (COLUMN, ...) from stdin (format binary)`
  public void send(Connection connection, String statement) throws SQLException {
    i16(END);
    var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement);
    try {
      copy.writeToCopy(array, 0, size);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private void field(byte[] value) {
    i32(value.length);
    room(value.length);
    System.arraycopy(value, 0, array, size, value.length);
    size += value.length;
  }

  private void i16(int value) {
    room(Short.BYTES);
    array[size++] = (byte) (value >>> 8);
    array[size++] = (byte) value;
  }

  private void i32(int value) {
    i16(value >>> 16);
    i16(value);
  }

  private void i64(long value) {
    i32((int) (value >>> 32));
    i32((int) value);
  }

  private void room(int more) {
    if (array.length - size < more) {
      array = Arrays.copyOf(array, Math.addExact(Math.max(array.length, more), array.length));
    }
  }
}
