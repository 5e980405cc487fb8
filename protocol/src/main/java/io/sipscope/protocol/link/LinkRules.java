package io.sipscope.protocol.link;

import io.sipscope.protocol.sip.HeaderNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Which headers tell the other leg of a call, and what B2BUAs put behind a Call-ID.
public final class LinkRules {
  public static final List<String> DEFAULT_HEADERS = List.of("X-Call-ID", "X-CID");

  /// `_b2b-1`, `-b2b2`, `-leg2`, `_leg-a`, `.leg_1`.
  public static final String DEFAULT_SUFFIX = "(?i)[-_.](?:b2b|leg)[-_]?[0-9a-z]{0,3}$";

  public static final LinkRules DEFAULT = of(DEFAULT_HEADERS, DEFAULT_SUFFIX);

  /// Known by the standards, whatever is configured.
  static final String SESSION_ID = "session-id";

  static final String REPLACES = "replaces";
  static final String JOIN = "join";
  static final String TARGET_DIALOG = "target-dialog";
  static final String IN_REPLY_TO = "in-reply-to";
  static final String REFER_TO = "refer-to";
  static final String REFERRED_BY = "referred-by";

  /// A B2BUA behind a B2BUA behind a B2BUA.
  private static final int MAX_SUFFIXES = 3;

  /// The longest Call-ID whose end is looked at, in characters: expressions of users may be slow.
  private static final int MAX_CALL_ID = 256;

  private final Set<String> headers;
  private final Pattern suffix;
  private final HeaderNames names;

  private LinkRules(Set<String> headers, Pattern suffix) {
    this.headers = headers;
    this.suffix = suffix;
    var all = new ArrayList<>(headers);
    all.addAll(
        List.of(SESSION_ID, REPLACES, JOIN, TARGET_DIALOG, IN_REPLY_TO, REFER_TO, REFERRED_BY));
    names = HeaderNames.of(all);
  }

  /// @param headers their value is the Call-ID of another leg, or the same on all legs
  /// @param suffix a regular expression for the end of a Call-ID, before any `@`
  /// @throws java.util.regex.PatternSyntaxException when it is none
  public static LinkRules of(List<String> headers, String suffix) {
    var lowerCase = headers.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    return new LinkRules(Set.copyOf(lowerCase), Pattern.compile(suffix));
  }

  boolean isConfigured(String header) {
    return headers.contains(header);
  }

  HeaderNames names() {
    return names;
  }

  /// A Call-ID without what B2BUAs put behind it, one by one; empty when nothing is.
  public List<String> bases(String callId) {
    if (callId.length() > MAX_CALL_ID) {
      return List.of();
    }
    var bases = new ArrayList<String>(1);
    int at = callId.indexOf('@');
    var host = at < 0 ? "" : callId.substring(at);
    var local = at < 0 ? callId : callId.substring(0, at);
    while (bases.size() < MAX_SUFFIXES) {
      var found = suffix.matcher(local);
      if (!found.find() || found.start() == 0) {
        return List.copyOf(bases);
      }
      local = local.substring(0, found.start());
      bases.add(local + host);
    }
    return List.copyOf(bases);
  }
}
