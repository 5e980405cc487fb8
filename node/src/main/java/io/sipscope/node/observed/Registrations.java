package io.sipscope.node.observed;

import io.sipscope.persistence.statistics.Counters;
import io.sipscope.protocol.sip.NameAddr;
import io.sipscope.protocol.sip.SipMessage;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/// Who is registered, as far as registrars were heard to say so: their 2xx to a REGISTER lists
/// every contact of an address of record and how long it is good for (RFC 3261 §10.3). The same
/// answer seen twice says nothing new.
///
/// Each node knows what it heard itself: an address whose answers come to two nodes counts on both.
public final class Registrations {
  /// Addresses of record that are kept: some 30 MB of them.
  private static final int MAX_USERS = 100_000;

  /// Contacts of one address that are kept: more phones than anyone has.
  private static final int MAX_CONTACTS = 16;

  /// RFC 3261 §10.2: how long a contact is good for when nobody says so.
  private static final long DEFAULT_EXPIRES = 3600;

  private static final long SECOND = 1_000_000_000L;

  private record Location(long toldAt, Map<String, Long> expiryByContact) {}

  private final LongSupplier clock;
  private final Map<String, Location> locations = new HashMap<>();
  private long contacts;
  private long expired;
  private long refused;
  private long longestGranted;
  private long lastGranted = DEFAULT_EXPIRES;
  private long mostContacts;
  private long firstExpiry = Long.MAX_VALUE;

  /// @param clock nanoseconds since the epoch
  public Registrations(Counters counters, LongSupplier clock) {
    this.clock = clock;
    counters.gauge("usrloc", "registered_users", this::users);
    counters.gauge("usrloc", "location-users", this::users);
    counters.gauge("usrloc", "location-contacts", this::contacts);
    counters.gauge("usrloc", "location-expires", this::expired);
    counters.gauge("usrloc", "location-refused", this::refused);
    counters.gauge("registrar", "max_expires", () -> longestGranted());
    counters.gauge("registrar", "max_contacts", () -> mostContacts());
    counters.gauge("registrar", "default_expire", () -> lastGranted());
  }

  /// A 2xx to whatever method.
  ///
  /// @param time nanoseconds since the epoch
  void answered(SipMessage message, long time) {
    if (message.cseq().method().equals("REGISTER")) {
      registered(message, time);
    }
  }

  private synchronized void registered(SipMessage message, long time) {
    var user = message.to().aor();
    var before = locations.get(user);
    if (user.isEmpty() || (before != null && before.toldAt() > time)) {
      return;
    }
    var now = clock.getAsLong();
    var good = new HashMap<String, Long>();
    for (var contact : message.headers("Contact")) {
      long granted = granted(contact, message).orElse(DEFAULT_EXPIRES);
      if (granted > 0 && good.size() < MAX_CONTACTS) {
        longestGranted = Math.max(longestGranted, granted);
        lastGranted = granted;
        long expiry = Math.addExact(time, granted * SECOND);
        if (expiry > now) {
          good.put(NameAddr.of(contact).uri(), expiry);
        }
      }
    }
    mostContacts = Math.max(mostContacts, good.size());
    replace(user, before, good, time);
  }

  private void replace(String user, Location before, Map<String, Long> good, long time) {
    if (before != null) {
      contacts -= before.expiryByContact().size();
    }
    if (good.isEmpty()) {
      locations.remove(user);
    } else if (before == null && locations.size() >= MAX_USERS) {
      refused++;
    } else {
      locations.put(user, new Location(time, good));
      contacts += good.size();
      good.values().forEach(expiry -> firstExpiry = Math.min(firstExpiry, expiry));
    }
  }

  /// The contact's own, or that of all.
  private static OptionalLong granted(String contact, SipMessage message) {
    int at = contact.toLowerCase(java.util.Locale.ROOT).lastIndexOf(";expires=");
    var own = at < 0 ? OptionalLong.empty() : seconds(contact.substring(at + ";expires=".length()));
    return own.isPresent() ? own : seconds(message.header("Expires").orElse(""));
  }

  /// The digits it begins with, up to what fits into 32 bits (RFC 3261 §20.19).
  private static OptionalLong seconds(String text) {
    long seconds = 0;
    int at = 0;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      seconds = Math.min(0xffff_ffffL, seconds * 10 + (text.charAt(at) - '0'));
      at++;
    }
    return at == 0 ? OptionalLong.empty() : OptionalLong.of(seconds);
  }

  private void forgetExpired() {
    long now = clock.getAsLong();
    if (now < firstExpiry) {
      return;
    }
    firstExpiry = Long.MAX_VALUE;
    for (Iterator<Location> each = locations.values().iterator(); each.hasNext(); ) {
      var expiries = each.next().expiryByContact();
      int there = expiries.size();
      expiries.values().removeIf(expiry -> expiry <= now);
      contacts -= there - expiries.size();
      expired += there - expiries.size();
      expiries.values().forEach(expiry -> firstExpiry = Math.min(firstExpiry, expiry));
      if (expiries.isEmpty()) {
        each.remove();
      }
    }
  }

  private synchronized long users() {
    forgetExpired();
    return locations.size();
  }

  private synchronized long contacts() {
    forgetExpired();
    return contacts;
  }

  private synchronized long expired() {
    forgetExpired();
    return expired;
  }

  private synchronized long refused() {
    return refused;
  }

  private synchronized long longestGranted() {
    return longestGranted;
  }

  private synchronized long mostContacts() {
    return mostContacts;
  }

  private synchronized long lastGranted() {
    return lastGranted;
  }
}
