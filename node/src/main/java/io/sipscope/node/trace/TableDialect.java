package io.sipscope.node.trace;

import java.util.List;
import java.util.Locale;

/// The databases that have a `sip_trace`, and how they spell it: the definitions of OpenSIPS 2.2 to
/// 4.1, version 5.
enum TableDialect {
  POSTGRES,
  MARIADB,
  H2;

  /// The version of the table that OpenSIPS and we write.
  static final int VERSION = 5;

  private static final int TEXT_BYTES = 65_535;

  private static final String VERSION_TABLE =
      """
      create table if not exists version (
        table_name varchar(32) not null,
        table_version integer default 0 not null,
        constraint version_t_name_idx unique (table_name))\
      """;

  private static final String MARIADB_VERSION_TABLE =
      """
      create table if not exists version (
        table_name char(32) not null,
        table_version int unsigned default 0 not null,
        constraint t_name_idx unique (table_name)) engine=InnoDB\
      """;

  private static final String POSTGRES_COLUMNS =
      """
       (
        id serial primary key not null,
        time_stamp timestamp without time zone default '1900-01-01 00:00:01' not null,
        callid varchar(255) default '' not null,
        trace_attrs varchar(255) default null,
        msg text not null,
        method varchar(32) default '' not null,
        status varchar(255) default null,
        from_proto varchar(5) not null,
        from_ip varchar(50) default '' not null,
        from_port integer not null,
        to_proto varchar(5) not null,
        to_ip varchar(50) default '' not null,
        to_port integer not null,
        fromtag varchar(64) default '' not null,
        direction varchar(4) default '' not null)\
      """;

  private static final String MARIADB_COLUMNS =
      """
       (
        id int(10) unsigned auto_increment primary key not null,
        time_stamp datetime default '1900-01-01 00:00:01' not null,
        callid char(255) default '' not null,
        trace_attrs char(255) default null,
        msg text not null,
        method char(32) default '' not null,
        status char(255) default null,
        from_proto char(5) not null,
        from_ip char(50) default '' not null,
        from_port int(5) unsigned not null,
        to_proto char(5) not null,
        to_ip char(50) default '' not null,
        to_port int(5) unsigned not null,
        fromtag char(64) default '' not null,
        direction char(4) default '' not null) engine=InnoDB\
      """;

  private static final String H2_COLUMNS =
      POSTGRES_COLUMNS.replace("serial primary key not null", "integer auto_increment primary key");

  /// By the URL; MySQL is spoken to as MariaDB is.
  static TableDialect of(String jdbcUrl) throws Away {
    var url = jdbcUrl.toLowerCase(Locale.ROOT);
    if (url.startsWith("jdbc:postgresql:")) {
      return POSTGRES;
    }
    if (url.startsWith("jdbc:mariadb:") || url.startsWith("jdbc:mysql:")) {
      return MARIADB;
    }
    if (url.startsWith("jdbc:h2:")) {
      return H2;
    }
    throw new Away("no driver for this kind of database (PostgreSQL, MySQL and MariaDB)");
  }

  /// The bytes that the column `msg` holds.
  int mostText() {
    return switch (this) {
      case MARIADB -> TEXT_BYTES;
      case POSTGRES, H2 -> Integer.MAX_VALUE;
    };
  }

  String versionTable() {
    return this == MARIADB ? MARIADB_VERSION_TABLE : VERSION_TABLE;
  }

  /// What makes the table and its indexes. In PostgreSQL the names of indexes are the schema's, so
  /// they begin with the table's.
  List<String> table(String table) {
    var bare = table.substring(table.indexOf('.') + 1);
    return switch (this) {
      case POSTGRES ->
          List.of(
              "create table " + table + POSTGRES_COLUMNS,
              "alter sequence " + table + "_id_seq maxvalue 2147483647 cycle",
              index(bare + "_trace_attrs_idx", table, "trace_attrs"),
              index(bare + "_date_idx", table, "time_stamp"),
              index(bare + "_fromip_idx", table, "from_ip"),
              index(bare + "_callid_idx", table, "callid"));
      case MARIADB ->
          List.of(
              "create table " + table + MARIADB_COLUMNS,
              index("trace_attrs_idx", table, "trace_attrs"),
              index("date_idx", table, "time_stamp"),
              index("fromip_idx", table, "from_ip"),
              index("callid_idx", table, "callid"));
      case H2 ->
          List.of(
              "create table " + table + H2_COLUMNS,
              index(bare + "_trace_attrs_idx", table, "trace_attrs"),
              index(bare + "_date_idx", table, "time_stamp"),
              index(bare + "_fromip_idx", table, "from_ip"),
              index(bare + "_callid_idx", table, "callid"));
    };
  }

  private static String index(String name, String table, String column) {
    return "create index " + name + " on " + table + " (" + column + ")";
  }
}
