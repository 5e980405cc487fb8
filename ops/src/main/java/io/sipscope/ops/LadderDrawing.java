package io.sipscope.ops;

import io.sipscope.ops.LadderAnswer.Arrow;
import io.sipscope.ops.LadderAnswer.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Draws a ladder as text: a lifeline for each column, an arrow for each message, times at left.
///
/// ```text
///                    192.0.2.10          198.51.100.5
///                         │                    │
/// 01:34:40.108   0.000    │─ INVITE (SDP) ────▶│
/// ```
record LadderDrawing(Strokes strokes, boolean coloured) {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  /// A longer label is cut: it would push the columns off the screen.
  private static final int LONGEST_LABEL = 24;

  private static final int NARROWEST = 18;
  private static final int TIMES = 24;

  /// What lines are drawn with.
  enum Strokes {
    UNICODE("│", "─", "┼", "▶", "◀", "↻", "…", "→"),
    ASCII("|", "-", "+", ">", "<", "@", "~", "->");

    private final String life;
    private final String line;
    private final String crossing;
    private final String right;
    private final String left;
    private final String self;
    private final String cut;
    private final String to;

    Strokes(
        String life,
        String line,
        String crossing,
        String right,
        String left,
        String self,
        String cut,
        String to) {
      this.life = life;
      this.line = line;
      this.crossing = crossing;
      this.right = right;
      this.left = left;
      this.self = self;
      this.cut = cut;
      this.to = to;
    }
  }

  List<String> lines(LadderAnswer ladder) {
    var lines = new ArrayList<String>();
    lines.add(plain(ladder.title()));
    if (!ladder.verdict().isEmpty()) {
      lines.add(paint(colour(ladder.level()), ladder.level()) + ": " + plain(ladder.verdict()));
    }
    if (ladder.columns().isEmpty()) {
      return lines;
    }
    lines.add("");
    int width = width(ladder);
    lines.add(heads(ladder.columns(), width));
    lines.add(lifelines(ladder.columns().size(), width));
    if (!ladder.arrows().isEmpty()) {
      var start = ladder.arrows().getFirst().time();
      for (var arrow : ladder.arrows()) {
        lines.add(rung(arrow, start, ladder.columns().size(), width));
      }
      lines.add(lifelines(ladder.columns().size(), width));
    }
    if (ladder.truncated()) {
      lines.add("There are more messages than are drawn here.");
    }
    return lines.stream().map(String::stripTrailing).toList();
  }

  /// Cells from one lifeline to the next: enough for every head and label.
  private int width(LadderAnswer ladder) {
    int heads = ladder.columns().stream().mapToInt(LadderDrawing::cells).max().orElse(0) + 2;
    int labels = ladder.arrows().stream().mapToInt(arrow -> cells(label(arrow))).max().orElse(0);
    return Math.max(NARROWEST, Math.max(heads, labels + 6));
  }

  private String heads(List<String> columns, int width) {
    var heads = new StringBuilder(" ".repeat(TIMES));
    for (var column : columns) {
      int before = (width - cells(column)) / 2;
      heads.append(" ".repeat(before)).append(plain(column));
      heads.append(" ".repeat(width - before - cells(column)));
    }
    return heads.toString();
  }

  private String lifelines(int columns, int width) {
    return " ".repeat(TIMES)
        + (" ".repeat(width / 2) + strokes.life + " ".repeat(width - width / 2 - 1))
            .repeat(columns);
  }

  private String rung(Arrow arrow, Instant start, int columns, int width) {
    var rung = new StringBuilder(times(arrow.time(), start)).append(" ".repeat(width / 2));
    int first = Math.min(arrow.from(), arrow.to());
    int last = Math.max(arrow.from(), arrow.to());
    for (int column = 0; column < columns; column++) {
      rung.append(strokes.life);
      if (column == first && first == last) {
        rung.append(paint(colour(arrow), padded(" " + strokes.self + " " + label(arrow), width)));
      } else if (column == first) {
        rung.append(paint(colour(arrow), shaft(arrow, last - first, width)));
        column = last - 1;
      } else {
        rung.append(" ".repeat(width - 1));
      }
    }
    return rung.toString();
  }

  /// From just after the first lifeline to just before the last.
  private String shaft(Arrow arrow, int span, int width) {
    var cells = new StringBuilder();
    for (int i = 1; i < span * width; i++) {
      cells.append(i % width == 0 ? strokes.crossing : strokes.line);
    }
    var label = " " + label(arrow) + " ";
    int labelled = label.codePointCount(0, label.length());
    boolean toTheRight = arrow.from() < arrow.to();
    int at = Math.max(1, (Math.min(span * width, width) - labelled) / 2);
    cells.replace(at, Math.min(at + labelled, cells.length() - 1), label);
    if (toTheRight) {
      cells.replace(cells.length() - 1, cells.length(), strokes.right);
    } else {
      cells.replace(0, 1, strokes.left);
    }
    return cells.toString();
  }

  private String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - 1 - cells(text)));
  }

  private String times(Instant time, Instant start) {
    double seconds = Duration.between(start, time).toNanos() / 1e9;
    return padded(CLOCK.format(time) + "%9s".formatted("%.3f".formatted(seconds)), TIMES + 1);
  }

  private String label(Arrow arrow) {
    var label = plain(arrow.label()) + (arrow.retransmission() ? " again" : "");
    if (cells(label) <= LONGEST_LABEL) {
      return label;
    }
    int end = label.offsetByCodePoints(0, LONGEST_LABEL - 1);
    return label.substring(0, end) + strokes.cut;
  }

  /// What the strokes can draw: with ASCII strokes, other characters become question marks.
  private String plain(String text) {
    return strokes == Strokes.ASCII
        ? text.replace("→", strokes.to).replaceAll("[^\\x20-\\x7e]", "?")
        : text;
  }

  private static int cells(String text) {
    return text.codePointCount(0, text.length());
  }

  private String paint(int colour, String text) {
    return coloured ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
  }

  private static int colour(String level) {
    return switch (level) {
      case "good" -> 32;
      case "warn" -> 33;
      case "bad" -> 31;
      default -> 36;
    };
  }

  private static int colour(Arrow arrow) {
    if (arrow.retransmission()) {
      return 90;
    }
    return switch (arrow.kind()) {
      case Kind.REQUEST -> 36;
      case Kind.PROVISIONAL -> 33;
      case Kind.SUCCESS -> 32;
      case Kind.REDIRECTION -> 35;
      case Kind.FAILURE -> 31;
    };
  }
}
