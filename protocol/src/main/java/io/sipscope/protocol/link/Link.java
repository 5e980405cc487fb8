package io.sipscope.protocol.link;

import java.util.List;

/// What a message of one dialog says that a message of another may say as well: a reason to take
/// the two for legs of one call.
public sealed interface Link {

  /// A Session-ID (RFC 7989 §5), or the older one of RFC 7329, which has no remote part.
  ///
  /// @param local 32 lower-case hex digits, the sender's; empty when nil
  /// @param remote the other side's; empty when nil or absent
  record Session(String local, String remote) implements Link {
    @Override
    public List<String> words() {
      return List.of(word("s:", local), word("s:", remote));
    }
  }

  /// The Call-ID of another dialog, or a value that several dialogs carry.
  ///
  /// @param header which header, in lower case; `call-id` where it is this dialog's own without
  ///     what a B2BUA put behind it
  /// @param callId what it says
  /// @param toTag with Replaces, Join and Target-Dialog, else empty
  /// @param fromTag likewise
  record Reference(String header, String callId, String toTag, String fromTag) implements Link {
    @Override
    public List<String> words() {
      return List.of(word("c:", callId));
    }
  }

  /// Where media is wanted.
  ///
  /// @param endpoint `address:port`
  /// @param origin the `o=` line of the description, which tells two of one host apart
  record Media(String endpoint, String origin) implements Link {
    @Override
    public List<String> words() {
      return List.of(word("m:", endpoint));
    }
  }

  /// A REFER asks its receiver to call someone (RFC 3515).
  ///
  /// @param target the user part of Refer-To, or its host where there is none
  /// @param by the user part of Referred-By, else of From
  record Refer(String target, String by) implements Link {
    @Override
    public List<String> words() {
      return List.of(word("r:", target));
    }
  }

  /// An INVITE without To-tag says who made it call (RFC 3892).
  ///
  /// @param target the user part of its Request-URI, or its host where there is none
  /// @param by the user part of Referred-By
  record Referred(String target, String by) implements Link {
    @Override
    public List<String> words() {
      return List.of(word("r:", target));
    }
  }

  /// What it is found by: dialogs that may belong together have a word in common. Some are empty.
  List<String> words();

  private static String word(String kind, String value) {
    return value.isEmpty() ? "" : kind + value;
  }
}
