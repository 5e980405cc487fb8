package io.sipscope.node.script.grammar;

import io.sipscope.node.script.tree.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/// The words of a script, with the files it includes and the names it defines put in.
final class Words {
  /// A script, or an included file, in bytes: 10,000 lines are some 400 kB.
  static final int LARGEST = 4 << 20;

  /// Files in each other; definitions in each other.
  private static final int DEEPEST = 10;

  /// Words in all: definitions in definitions multiply.
  private static final int MOST = 1_000_000;

  private final Complaints complaints;
  private final Includes includes;
  private final Map<String, List<Token>> defined = new HashMap<>();
  private final List<Token> words = new ArrayList<>();
  private int depth;
  private int taken;
  private boolean isBroken;
  private boolean isOver;

  Words(Complaints complaints, Includes includes) {
    this.complaints = complaints;
    this.includes = includes;
  }

  List<Token> of(String file, String text) {
    read(file, text);
    return words;
  }

  /// Whether there is no sense in reading on.
  boolean isBroken() {
    return isBroken;
  }

  private void read(String file, String text) {
    complaints.source(file, text);
    var lexer = new ScriptLexer(CharStreams.fromString(text, file));
    lexer.removeErrorListeners();
    Deque<Boolean> conditions = new ArrayDeque<>();
    var off = 0;
    for (var word = lexer.nextToken(); !isBroken && !isOver; word = lexer.nextToken()) {
      switch (word.getType()) {
        case ScriptLexer.IFDEF, ScriptLexer.IFNDEF -> {
          var isOn = defined.containsKey(rest(word)) == (word.getType() == ScriptLexer.IFDEF);
          conditions.push(isOn);
          off += isOn ? 0 : 1;
        }
        case ScriptLexer.OTHERWISE -> {
          if (conditions.isEmpty()) {
            complaints.error(position(word), "#!else without an #!ifdef before it");
          } else {
            var wasOn = conditions.pop();
            conditions.push(!wasOn);
            off += wasOn ? 1 : -1;
          }
        }
        case ScriptLexer.ENDIF -> {
          if (conditions.isEmpty()) {
            complaints.error(position(word), "#!endif without an #!ifdef before it");
          } else {
            off -= conditions.pop() ? 0 : 1;
          }
        }
        default -> {
          if (word.getType() == Token.EOF) {
            if (!conditions.isEmpty()) {
              complaints.error(position(word), "the file ends, and an #!endif is wanted");
            }
            if (depth == 0) {
              words.add(word);
            }
            return;
          }
          if (off == 0) {
            word(word, lexer);
          }
        }
      }
    }
  }

  private void word(Token word, ScriptLexer lexer) {
    switch (word.getType()) {
      case ScriptLexer.SPACE, ScriptLexer.COMMENT, ScriptLexer.LONG_COMMENT -> {}
      case ScriptLexer.DEFINE -> define(word);
      case ScriptLexer.SUBSTITUTE ->
          complaints.warning(
              position(word), "substitutions are not made here: '#!define' is known");
      case ScriptLexer.INCLUDE -> include(word, lexer);
      case ScriptLexer.OPEN_COMMENT ->
          complaints.error(position(word), "the comment has no end: '*/' is wanted");
      case ScriptLexer.OPEN_STRING -> {
        complaints.error(position(word), "the string has no end: " + word.getText() + " is wanted");
        // What stands before it is read: the quote that is missing may be another one's.
        isOver = true;
        var end = new CommonToken(word);
        end.setType(Token.EOF);
        words.add(end);
      }
      case ScriptLexer.VARIABLE -> {
        if (word.getText().contains("(") && !word.getText().endsWith(")")) {
          complaints.error(position(word), "a ')' is wanted for this pseudo-variable");
        }
        add(word);
      }
      case ScriptLexer.NAME -> {
        var meaning = defined.get(word.getText());
        if (meaning == null) {
          add(word);
        } else {
          put(word, meaning, 0);
        }
      }
      default -> add(word);
    }
  }

  private void add(Token word) {
    if (!hasRoom(word)) {
      return;
    }
    var last = words.isEmpty() ? Token.EOF : words.getLast().getType();
    if (last == ScriptLexer.ELSE && word.getType() == ScriptLexer.IF) {
      words.set(words.size() - 1, as(ScriptLexer.ELSE_IF, words.getLast()));
      return;
    }
    if (last == ScriptLexer.RETURN && word.getType() == ScriptLexer.END) {
      words.add(as(ScriptLexer.SEMICOLON, word)); // the last statement of a block needs none
    }
    words.add(word);
  }

  private static Token as(int type, Token word) {
    var other = new CommonToken(word);
    other.setType(type);
    return other;
  }

  /// Counts words, and definitions that are put in: those may be empty.
  private boolean hasRoom(Token word) {
    if (taken < MOST) {
      taken++;
      return true;
    }
    if (!isBroken) {
      isBroken = true;
      complaints.error(position(word), "the script has more than " + MOST + " words");
      words.add(new CommonToken(Token.EOF, "<EOF>"));
    }
    return false;
  }

  private void put(Token place, List<Token> meaning, int level) {
    for (var word : meaning) {
      var inner = word.getType() == ScriptLexer.NAME ? defined.get(word.getText()) : null;
      if (isBroken) {
        return;
      }
      if (inner != null && level < DEEPEST) {
        if (hasRoom(place)) {
          put(place, inner, level + 1);
        }
      } else {
        var copy = new CommonToken(word);
        copy.setLine(place.getLine());
        copy.setCharPositionInLine(place.getCharPositionInLine());
        add(copy);
      }
    }
  }

  /// `#!define NAME value`.
  private void define(Token word) {
    var parts = word.getText().split("\\s+", 3);
    if (parts.length < 2 || parts[1].isEmpty()) {
      complaints.error(position(word), "#!define wants a name");
      return;
    }
    var lexer =
        new ScriptLexer(
            CharStreams.fromString(
                parts.length < 3 ? "" : parts[2], word.getInputStream().getSourceName()));
    lexer.removeErrorListeners();
    var meaning = new ArrayList<Token>();
    for (var next = lexer.nextToken(); next.getType() != Token.EOF; next = lexer.nextToken()) {
      if (next.getChannel() == Token.DEFAULT_CHANNEL) {
        meaning.add(next);
      }
    }
    defined.put(parts[1], meaning);
  }

  private void include(Token word, ScriptLexer lexer) {
    var name = lexer.nextToken();
    while (name.getType() == ScriptLexer.SPACE) {
      name = lexer.nextToken();
    }
    if (name.getType() != ScriptLexer.STRING) {
      complaints.error(position(name), "'" + word.getText() + "' wants the name of a file");
      return;
    }
    var wanted = name.getText().substring(1, name.getText().length() - 1);
    if (depth >= DEEPEST) {
      complaints.error(position(name), "more than " + DEEPEST + " files in each other");
      return;
    }
    var file = word.getInputStream().getSourceName();
    var source = includes.read(file, wanted);
    if (source.isPresent()) {
      depth++;
      read(source.get().file(), source.get().text());
      depth--;
    } else if (word.getText().equals("include_file")) {
      complaints.error(position(name), "the file \"" + wanted + "\" cannot be read");
    }
  }

  private static String rest(Token word) {
    var parts = word.getText().split("\\s+", 3);
    return parts.length < 2 ? "" : parts[1];
  }

  static Position position(Token word) {
    var text = word.getType() == Token.EOF ? "" : word.getText();
    var end = text.indexOf('\n');
    var length = Math.max(1, end < 0 ? text.length() : end);
    var column = word.getCharPositionInLine() + 1;
    return new Position(
        word.getInputStream() == null ? "" : word.getInputStream().getSourceName(),
        Math.max(1, word.getLine()),
        column,
        column + length);
  }
}
