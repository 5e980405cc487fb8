package io.sipscope.persistence.trace;

import io.sipscope.persistence.trace.TraceDestination.Database;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/// A database in OpenSIPS's spelling, `mysql://user:password@host:port/database`, or as a `jdbc:`
/// URL that may carry `user=` and `password=`.
///
/// @param shown the URL with its password masked
record DatabaseDefinition(Database destination, String shown) {
  static final String DEFAULT_TABLE = "sip_trace";
  private static final String MASK = "***";

  private static final String WANTED =
      "mysql://, mariadb:// or postgres://user:password@host:port/database, or a jdbc: URL";

  /// It becomes part of SQL.
  private static final Pattern TABLE =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_$]{0,62}(\\.[A-Za-z_][A-Za-z0-9_$]{0,62})?");

  static Reading<DatabaseDefinition> read(String uri, String givenTable) {
    var table = givenTable.isEmpty() ? DEFAULT_TABLE : givenTable;
    if (!TABLE.matcher(table).matches()) {
      return Reading.bad("table \"" + table + "\" (wanted: letters, digits and _)");
    }
    return uri.regionMatches(true, 0, "jdbc:", 0, 5) ? jdbc(uri, table) : ours(uri, table);
  }

  private static Reading<DatabaseDefinition> ours(String uri, String table) {
    int slashes = uri.indexOf("://");
    if (slashes < 0) {
      return Reading.bad(
          "a URI that is none of a destination (wanted: hep:, sip:, file:, syslog, "
              + WANTED
              + ")");
    }
    var scheme = uri.substring(0, slashes).toLowerCase(Locale.ROOT);
    var driver =
        switch (scheme) {
          case "mysql", "mariadb" -> "mariadb";
          case "postgres", "postgresql", "pgsql" -> "postgresql";
          default -> "";
        };
    if (driver.isEmpty()) {
      return Reading.bad("a database of type \"" + scheme + "\" (wanted: " + WANTED + ")");
    }
    var rest = uri.substring(slashes + 3);
    int at = rest.lastIndexOf('@');
    var login = at < 0 ? "" : rest.substring(0, at);
    var place = rest.substring(at + 1);
    int slash = place.indexOf('/');
    if (slash < 1 || slash == place.length() - 1) {
      return Reading.bad("a database URL without host or database (wanted: " + WANTED + ")");
    }
    var host = HostPort.read(place.substring(0, slash));
    if (host instanceof Reading.Bad<HostPort>(var reason)) {
      return Reading.bad(reason);
    }
    int colon = login.indexOf(':');
    var user = colon < 0 ? login : login.substring(0, colon);
    var password = colon < 0 ? "" : login.substring(colon + 1);
    var shown =
        uri.substring(0, slashes + 3)
            + (at < 0 ? "" : user + (colon < 0 ? "" : ":" + MASK) + "@")
            + place;
    return Reading.good(
        new DatabaseDefinition(
            new Database("jdbc:" + driver + "://" + place, user, password, table), shown));
  }

  /// Takes user and password out, which a driver would else print in its messages.
  private static Reading<DatabaseDefinition> jdbc(String uri, String table) {
    int query = uri.indexOf('?');
    if (query < 0 && uri.regionMatches(true, 0, "jdbc:h2:", 0, 8)) {
      query = uri.indexOf(';');
    }
    var url = query < 0 ? uri : uri.substring(0, query);
    int at = url.lastIndexOf('@');
    if (at >= 0) {
      return Reading.bad("a jdbc: URL with a login before its host (wanted: ?user=...&password=)");
    }
    var kept = new ArrayList<String>();
    var masked = new ArrayList<String>();
    var user = "";
    var password = "";
    char first = query < 0 ? '?' : uri.charAt(query);
    var separator = first == '?' ? "&" : ";";
    if (query >= 0) {
      for (var setting : Arrays.asList(uri.substring(query + 1).split(separator, -1))) {
        var name = setting.substring(0, Math.max(0, setting.indexOf('='))).toLowerCase(Locale.ROOT);
        var value = setting.substring(setting.indexOf('=') + 1);
        switch (name) {
          case "user" -> {
            user = decoded(value);
            masked.add(setting);
          }
          case "password" -> {
            password = decoded(value);
            masked.add("password=" + MASK);
          }
          default -> {
            kept.add(setting);
            masked.add(isSecret(name) ? name + "=" + MASK : setting);
          }
        }
      }
    }
    var driverUrl =
        url.regionMatches(true, 0, "jdbc:mysql:", 0, 11)
            ? "jdbc:mariadb:" + url.substring(11)
            : url;
    return Reading.good(
        new DatabaseDefinition(
            new Database(
                kept.isEmpty() ? driverUrl : driverUrl + first + String.join(separator, kept),
                user,
                password,
                table),
            masked.isEmpty() ? url : url + first + String.join(separator, masked)));
  }

  private static boolean isSecret(String name) {
    return name.contains("password") || name.contains("secret");
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException badEscape) {
      return value;
    }
  }
}
