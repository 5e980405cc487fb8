package io.sipscope.protocol.dialog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// A dialog's number as OpenSIPS's module `dialog` has it: the entry of a hash table of 4096, and
/// an id in it. Follows from the entity key, and so is the same on every node and for ever.
///
/// @param entry from 0 to 4095
/// @param id from 0 to 2³¹-1
public record DialogNumber(int entry, int id) {
  private static final int ENTRIES = 4_096;
  private static final int ID_SHIFT = 32;

  public static DialogNumber of(String key) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      var bytes = ByteBuffer.wrap(digest);
      int entry = bytes.getShort() & 0xffff;
      int id = bytes.getInt() & Integer.MAX_VALUE;
      return new DialogNumber(entry % ENTRIES, id);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// `ID`: both in hexadecimal, the last digit first, as OpenSIPS writes them.
  public String text() {
    return reversed(entry) + "." + reversed(id);
  }

  /// `db_id`: both in one number.
  public long databaseId() {
    return ((long) entry << ID_SHIFT) + id;
  }

  private static String reversed(int number) {
    return new StringBuilder(Integer.toHexString(number)).reverse().toString();
  }
}
