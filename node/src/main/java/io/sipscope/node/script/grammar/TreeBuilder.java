package io.sipscope.node.script.grammar;

import io.sipscope.node.script.grammar.ScriptParser.FileContext;
import io.sipscope.node.script.grammar.ScriptParser.GlobalContext;
import io.sipscope.node.script.grammar.ScriptParser.ItemContext;
import io.sipscope.node.script.grammar.ScriptParser.ModparamContext;
import io.sipscope.node.script.grammar.ScriptParser.RouteContext;
import io.sipscope.node.script.grammar.ScriptParser.RouteNameContext;
import io.sipscope.node.script.tree.Position;
import io.sipscope.node.script.tree.ScriptTree;
import io.sipscope.node.script.tree.ScriptTree.Global;
import io.sipscope.node.script.tree.ScriptTree.Loaded;
import io.sipscope.node.script.tree.ScriptTree.Modparam;
import io.sipscope.node.script.tree.ScriptTree.Route;
import io.sipscope.node.script.tree.Statement.Block;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.Interval;
import org.antlr.v4.runtime.tree.ErrorNode;
import org.antlr.v4.runtime.tree.ParseTree;

/// Makes the tree of a script that could be parsed.
final class TreeBuilder {
  private final Complaints complaints;
  private final StatementBuilder statements;
  private final List<Route> routes = new ArrayList<>();
  private final List<Loaded> modules = new ArrayList<>();
  private final List<Modparam> modparams = new ArrayList<>();
  private final List<Global> globals = new ArrayList<>();

  TreeBuilder(Complaints complaints, Predicate<String> isKnown, TokenStream words) {
    this.complaints = complaints;
    this.statements =
        new StatementBuilder(complaints, new ExpressionBuilder(complaints, isKnown), words);
  }

  ScriptTree build(FileContext file) {
    for (var item : file.item()) {
      if (isBroken(item)) {
        declare(item);
      } else if (item.route() != null) {
        route(item.route());
      } else if (item.loadmodule() != null) {
        var name = unquoted(item.loadmodule().STRING().getSymbol());
        modules.add(new Loaded(at(item.loadmodule().STRING().getSymbol()), module(name)));
      } else if (item.modparam() != null) {
        modparam(item.modparam());
      } else if (item.global() != null) {
        global(item.global());
      }
    }
    return new ScriptTree(routes, modules, modparams, globals);
  }

  /// Whether there is an error in it: what it would be complained about otherwise comes from that.
  private static boolean isBroken(ItemContext item) {
    var left = new ArrayDeque<ParseTree>();
    left.add(item);
    while (!left.isEmpty()) {
      var next = left.pop();
      if (next instanceof ErrorNode
          || (next instanceof ParserRuleContext context && context.exception != null)) {
        return true;
      }
      for (var i = 0; i < next.getChildCount(); i++) {
        left.push(next.getChild(i));
      }
    }
    return false;
  }

  /// Others may call it, and are not wrong.
  private void declare(ItemContext broken) {
    var route = broken.route();
    if (route != null && route.ROUTE() != null && route.routeName() != null) {
      var name = route.routeName();
      if (name.exception == null && name.getChildCount() > 0) {
        var at = at(route.getStart());
        routes.add(
            new Route(
                at, "route", Optional.of(name(name)), Optional.empty(), new Block(at, List.of())));
      }
    }
  }

  private void route(RouteContext route) {
    var word = route.getStart();
    Optional<String> name =
        route.routeName() == null ? Optional.empty() : Optional.of(name(route.routeName()));
    Optional<Long> seconds =
        route.NUMBER() == null
            ? Optional.empty()
            : ExpressionBuilder.number(route.NUMBER().getText());
    if (route.NUMBER() != null && seconds.isEmpty()) {
      complaints.error(at(route.NUMBER().getSymbol()), "this number is too large");
    }
    routes.add(new Route(at(word), word.getText(), name, seconds, statements.block(route.block())));
  }

  private void modparam(ModparamContext modparam) {
    var value = modparam.modvalue();
    var text = new StringBuilder();
    if (value.STRING().isEmpty()) {
      text.append(value.getText());
    } else {
      for (var string : value.STRING()) {
        text.append(unescaped(string.getSymbol()));
      }
    }
    modparams.add(
        new Modparam(
            at(modparam.getStart()),
            unquoted(modparam.STRING(0).getSymbol()),
            unquoted(modparam.STRING(1).getSymbol()),
            text.toString()));
  }

  private void global(GlobalContext global) {
    var words = global.globalWord();
    var name = global.NAME().getSymbol();
    if (global.ASSIGN() == null) {
      complaints.error(
          at(name),
          "found '"
              + name.getText()
              + "' where a route, loadmodule, modparam or a setting is wanted");
    } else if (words.isEmpty()) {
      complaints.error(at(name), "a value is wanted for '" + name.getText() + "'");
    } else {
      globals.add(new Global(at(name), name.getText(), value(words)));
    }
  }

  /// As it is written, without quotes and the semicolon at its end.
  private static String value(List<? extends ParserRuleContext> words) {
    var first = words.getFirst().getStart();
    if (words.size() == 1 && first.getType() == ScriptParser.STRING) {
      return unescaped(first);
    }
    var last = words.getLast().getStop();
    var text =
        first.getInputStream() == last.getInputStream()
                && first.getStartIndex() <= last.getStopIndex()
            ? first
                .getInputStream()
                .getText(Interval.of(first.getStartIndex(), last.getStopIndex()))
            : first.getText();
    return text.replaceAll("\\s+", " ").replaceAll(" ?;$", "");
  }

  /// `/usr/lib/opensips/modules/statistics.so` is `statistics`.
  private static String module(String file) {
    var name = file.substring(file.lastIndexOf('/') + 1);
    return name.endsWith(".so") ? name.substring(0, name.length() - 3) : name;
  }

  static String name(RouteNameContext name) {
    return name.STRING() == null ? name.getText() : unquoted(name.STRING().getSymbol());
  }

  static String unquoted(Token string) {
    var text = string.getText();
    return text.length() < 2 ? text : text.substring(1, text.length() - 1);
  }

  private static String unescaped(Token string) {
    var text = unquoted(string);
    return string.getText().startsWith("\"")
        ? text.replace("\\\"", "\"").replace("\\\\", "\\")
        : text;
  }

  static Position at(Token token) {
    return Words.position(token);
  }
}
