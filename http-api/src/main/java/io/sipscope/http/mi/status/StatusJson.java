package io.sipscope.http.mi.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.sipscope.persistence.status.Identifier;
import io.sipscope.persistence.status.Report;
import io.sipscope.persistence.status.Status;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// Status and reports in the members of OpenSIPS, in their order.
final class StatusJson {

  /// C's `ctime`, in the machine's time zone as everywhere in OpenSIPS.
  private static final DateTimeFormatter CTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  private StatusJson() {}

  record Group(
      @JsonProperty("Name") String name, @JsonProperty("Identifiers") List<?> identifiers) {}

  record Names(
      @JsonProperty("Group") String group, @JsonProperty("Identifiers") List<String> identifiers) {}

  /// @param details left out when there are none (`null`)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Of(
      @JsonProperty("Readiness") boolean readiness,
      @JsonProperty("Status") int status,
      @JsonProperty("Details") String details) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record NamedStatus(
      @JsonProperty("Name") String name,
      @JsonProperty("Readiness") boolean readiness,
      @JsonProperty("Status") int status,
      @JsonProperty("Details") String details) {}

  record Reports(@JsonProperty("Name") String name, @JsonProperty("Reports") List<Line> reports) {}

  record Line(
      @JsonProperty("Timestamp") long timestamp,
      @JsonProperty("Date") String date,
      @JsonProperty("Log") String log) {}

  static Of of(Status status) {
    return new Of(status.isReady(), status.code(), details(status));
  }

  private static String details(Status status) {
    return status.details().isEmpty() ? null : status.details();
  }

  /// Ready when all of them are.
  static Of aggregated(List<Identifier> identifiers) {
    boolean ready = identifiers.stream().allMatch(one -> one.status().isReady());
    return new Of(ready, ready ? 1 : -1, "aggregated");
  }

  static List<NamedStatus> statuses(List<Identifier> identifiers) {
    return identifiers.stream().map(StatusJson::named).toList();
  }

  private static NamedStatus named(Identifier identifier) {
    var status = identifier.status();
    return new NamedStatus(identifier.name(), status.isReady(), status.code(), details(status));
  }

  static List<Reports> reports(List<Identifier> identifiers) {
    return identifiers.stream().map(one -> new Reports(one.name(), reports(one))).toList();
  }

  static List<Line> reports(Identifier identifier) {
    return identifier.reports().stream().map(StatusJson::line).toList();
  }

  private static Line line(Report report) {
    return new Line(report.at().getEpochSecond(), CTIME.format(report.at()), report.log());
  }

  static Names names(String group, List<Identifier> identifiers) {
    return new Names(group, identifiers.stream().map(Identifier::name).toList());
  }
}
