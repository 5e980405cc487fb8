package io.sipscope.node.script.functions;

import io.sipscope.node.script.functions.ScriptFunction.Call;
import io.sipscope.node.script.functions.ScriptFunction.Parameter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/// Functions by which a proxy acts on its own traffic. Nothing is done here: what was captured is
/// in the past. They are known so that a proxy's script loads, and give what lets it go on.
public final class PassiveFunctions {
  /// The longest of them in OpenSIPS.
  private static final int MOST_PARAMETERS = 8;

  private static final List<Parameter> ANY =
      List.copyOf(Collections.nCopies(MOST_PARAMETERS, Parameter.text("any").optional()));

  private record Group(String module, int answer, List<String> names) {}

  private static final List<Group> GROUPS =
      List.of(
          new Group(
              "tm",
              Answer.TRUE,
              List.of(
                  "t_relay",
                  "t_reply",
                  "t_newtran",
                  "t_on_reply",
                  "t_on_failure",
                  "t_on_branch",
                  "t_on_local_reply",
                  "t_replicate",
                  "t_add_hdrs",
                  "t_write_req",
                  "t_write_unix")),
          new Group(
              "tm",
              Answer.FALSE,
              List.of(
                  "t_check_trans",
                  "t_was_cancelled",
                  "t_cancelled",
                  "t_check_status",
                  "t_local_replied")),
          new Group(
              "sl",
              Answer.TRUE,
              List.of("sl_send_reply", "sl_reply_error", "send_reply", "forward", "send")),
          new Group(
              "rr", Answer.TRUE, List.of("record_route", "record_route_preset", "add_rr_param")),
          new Group(
              "rr", Answer.FALSE, List.of("loose_route", "check_route_param", "is_direction")),
          new Group(
              "dialog",
              Answer.TRUE,
              List.of(
                  "create_dialog",
                  "match_dialog",
                  "validate_dialog",
                  "fix_route_dialog",
                  "store_dlg_value",
                  "set_dlg_profile",
                  "unset_dlg_profile",
                  "set_dlg_flag",
                  "reset_dlg_flag")),
          new Group(
              "dialog",
              Answer.FALSE,
              List.of("fetch_dlg_value", "is_dlg_flag_set", "is_in_profile", "get_profile_size")),
          new Group(
              "auth",
              Answer.TRUE,
              List.of(
                  "www_authorize",
                  "proxy_authorize",
                  "www_challenge",
                  "proxy_challenge",
                  "pv_www_authorize",
                  "pv_proxy_authorize",
                  "consume_credentials",
                  "db_check_to",
                  "db_check_from",
                  "db_is_to_authorized",
                  "db_is_from_authorized")),
          new Group(
              "sipmsgops",
              Answer.TRUE,
              List.of(
                  "append_hf",
                  "insert_hf",
                  "append_to_reply",
                  "remove_hf",
                  "append_time",
                  "add_body",
                  "remove_body_part",
                  "codec_delete",
                  "codec_move_up")),
          new Group("maxfwd", Answer.TRUE, List.of("mf_process_maxfwd_header")),
          new Group("maxfwd", Answer.FALSE, List.of("is_maxfwd_lt")),
          new Group("usrloc", Answer.TRUE, List.of("save", "lookup", "registered")),
          new Group("domain", Answer.TRUE, List.of("is_from_local", "is_uri_host_local")),
          new Group(
              "nathelper",
              Answer.TRUE,
              List.of(
                  "fix_nated_contact",
                  "fix_nated_register",
                  "fix_nated_sdp",
                  "force_rport",
                  "add_local_rport",
                  "fix_contact",
                  "fix_nated_contact_f")),
          new Group("nathelper", Answer.FALSE, List.of("nat_uac_test", "client_nat_test")),
          new Group(
              "rtp",
              Answer.TRUE,
              List.of(
                  "rtpproxy_engage",
                  "rtpproxy_offer",
                  "rtpproxy_answer",
                  "rtpproxy_unforce",
                  "rtpengine_offer",
                  "rtpengine_answer",
                  "rtpengine_delete",
                  "rtpengine_manage")),
          new Group(
              "other",
              Answer.TRUE,
              List.of(
                  "topology_hiding",
                  "topology_hiding_match",
                  "do_accounting",
                  "drop_accounting",
                  "acc_log_request",
                  "acc_db_request",
                  "strip",
                  "prefix",
                  "serialize_branches",
                  "next_branches",
                  "options_reply",
                  "uac_replace_from",
                  "uac_replace_to",
                  "force_send_socket",
                  "sethost",
                  "setport",
                  "setuser",
                  "sip_capture")),
          new Group(
              "other",
              Answer.FALSE,
              List.of("check_source_address", "check_address", "is_myself")));

  private PassiveFunctions() {}

  /// Those of this kind, of which each is warned of once at the load.
  public static boolean isPassive(ScriptFunction function) {
    return function.parameters() == ANY;
  }

  static List<ScriptFunction> all() {
    var all = new ArrayList<ScriptFunction>();
    for (var group : GROUPS) {
      int answer = group.answer();
      for (var name : group.names()) {
        all.add(new Named(name, Set.of(), ANY, arguments -> nothing(name, answer, arguments)));
      }
    }
    return all;
  }

  private static Call nothing(String name, int answer, Arguments arguments) {
    arguments.warn(
        name
            + "() does nothing here: what was captured is in the past; it gives "
            + (answer > 0 ? "true" : "false"));
    return _ -> answer;
  }
}
