package io.sipscope.http.mi.status;

import io.sipscope.http.mi.MiCommand;
import io.sipscope.http.mi.MiOutcome;
import io.sipscope.http.mi.MiParameter;
import io.sipscope.http.mi.MiRecipe;
import io.sipscope.persistence.status.Identifier;
import io.sipscope.persistence.status.StatusReport;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The commands of OpenSIPS's status/report interface (since 3.3).
public final class StatusCommands {
  private static final MiParameter GROUP = MiParameter.text("group");
  private static final MiParameter IDENTIFIER = MiParameter.text("identifier");
  private static final MiOutcome NO_GROUP = new MiOutcome.Fault(404, "Group not found");
  private static final MiOutcome NO_IDENTITY = new MiOutcome.Fault(404, "Identity not found");
  private static final MiOutcome NO_IDENTIFIER = new MiOutcome.Fault(404, "Identifier not found");

  /// Stands for all identifiers of a group, whatever its case.
  private static final String ALL = "all";

  private final StatusReport status;

  public StatusCommands(StatusReport status) {
    this.status = status;
  }

  public List<MiCommand> commands() {
    return List.of(get(), list(), reports(), identifiers());
  }

  private MiCommand get() {
    return MiCommand.of(
        "sr_get_status",
        "status_report:get",
        "The status of one identifier of a group (main, if none is named), or of all together.",
        new MiRecipe(List.of(GROUP), given -> get(given.text("group"), StatusReport.MAIN).now()),
        new MiRecipe(
            List.of(GROUP, IDENTIFIER),
            given -> get(given.text("group"), given.text("identifier")).now()));
  }

  private MiOutcome get(String group, String name) {
    return inGroup(
        group,
        identifiers ->
            name.equalsIgnoreCase(ALL)
                ? MiOutcome.of(StatusJson.aggregated(identifiers))
                : find(identifiers, name)
                    .map(one -> MiOutcome.of(StatusJson.of(one.status())))
                    .orElse(NO_IDENTITY));
  }

  private MiCommand list() {
    return MiCommand.of(
        "sr_list_status",
        "status_report:status",
        "The status of every identifier, of all groups or of one.",
        new MiRecipe(List.of(), _ -> MiOutcome.of(everyGroup(StatusJson::statuses)).now()),
        new MiRecipe(
            List.of(GROUP),
            given ->
                inGroup(
                        given.text("group"),
                        identifiers -> MiOutcome.of(StatusJson.statuses(identifiers)))
                    .now()));
  }

  private MiCommand reports() {
    return MiCommand.of(
        "sr_list_reports",
        "status_report:reports",
        "What was reported lately, of all groups, of one, or of one identifier.",
        new MiRecipe(List.of(), _ -> MiOutcome.of(everyGroup(StatusJson::reports)).now()),
        new MiRecipe(
            List.of(GROUP),
            given ->
                inGroup(
                        given.text("group"),
                        identifiers -> MiOutcome.of(StatusJson.reports(identifiers)))
                    .now()),
        new MiRecipe(
            List.of(GROUP, IDENTIFIER),
            given -> reports(given.text("group"), given.text("identifier")).now()));
  }

  private MiOutcome reports(String group, String name) {
    return inGroup(
        group,
        identifiers ->
            find(identifiers, name)
                .map(one -> MiOutcome.of(StatusJson.reports(one)))
                .orElse(NO_IDENTIFIER));
  }

  private MiCommand identifiers() {
    return MiCommand.of(
        "sr_list_identifiers",
        "status_report:identifiers",
        "The identifiers there are, of all groups or of one.",
        new MiRecipe(
            List.of(),
            _ ->
                MiOutcome.of(
                        status.groups().stream()
                            .map(group -> StatusJson.names(group, known(group)))
                            .toList())
                    .now()),
        new MiRecipe(
            List.of(GROUP),
            given ->
                inGroup(
                        given.text("group"),
                        identifiers ->
                            MiOutcome.of(StatusJson.names(given.text("group"), identifiers)))
                    .now()));
  }

  private List<StatusJson.Group> everyGroup(Function<List<Identifier>, List<?>> told) {
    return status.groups().stream()
        .map(group -> new StatusJson.Group(group, told.apply(known(group))))
        .toList();
  }

  private List<Identifier> known(String group) {
    return status.identifiers(group).orElse(List.of());
  }

  private MiOutcome inGroup(String group, Function<List<Identifier>, MiOutcome> told) {
    return status.identifiers(group).map(told).orElse(NO_GROUP);
  }

  private static Optional<Identifier> find(List<Identifier> identifiers, String name) {
    return identifiers.stream().filter(one -> one.name().equals(name)).findFirst();
  }
}
