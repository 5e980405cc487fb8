package io.sipscope.protocol.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.protocol.capture.Agent;
import io.sipscope.protocol.capture.Capture;
import io.sipscope.protocol.dialog.Conversation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The labelled set: every rule with its cases and its near misses.
class LabelledDialogsTest {
  private static final int WANTED = 120;
  private static final int SHUFFLES = 40;
  private static final long SKEW = 40_000_000L;
  private static final List<Labelled> ALL = Labelled.all();

  private static Verdict verdict(List<Capture> captures) {
    var conversation = new Conversation();
    captures.forEach(conversation::observe);
    return conversation.summary().verdict();
  }

  private static List<Capture> captures(Labelled labelled) {
    return labelled.lines().stream().map(Script.Line::capture).toList();
  }

  /// What must not depend on the order of arrival: everything, evidence by what it points at.
  private static String told(Verdict verdict, List<Capture> captures) {
    return verdict.rule()
        + " "
        + verdict.title()
        + " "
        + verdict.detail()
        + " "
        + verdict.where()
        + " "
        + verdict.notes().stream()
            .map(note -> captures.get((int) note.seq() - 1).time() + " " + note.text())
            .sorted()
            .toList();
  }

  @Test
  void noVerdictIsWrongOrAbsent() {
    var wrong = new ArrayList<String>();
    int absent = 0;
    for (var labelled : ALL) {
      var verdict = verdict(captures(labelled));
      absent += verdict.title().isEmpty() || verdict.detail().isEmpty() ? 1 : 0;
      var said = verdict.rule() + " " + verdict.level().name().toLowerCase(java.util.Locale.ROOT);
      if (!said.equals(labelled.rule() + " " + labelled.level())) {
        wrong.add(labelled.name() + ": " + said + ": " + verdict);
      }
    }
    assertEquals(List.of(), wrong, wrong.size() + " of " + ALL.size() + " are wrong");
    assertEquals(0, absent);
  }

  @Test
  void thereAreEnoughOfThem() {
    assertTrue(ALL.size() >= WANTED, "only " + ALL.size());
    assertEquals(ALL.size(), ALL.stream().map(Labelled::name).distinct().count());
  }

  @Test
  void everyRuleHasACaseAndANearMiss() {
    var names = Catalogue.rules().stream().map(Rule::name).collect(Collectors.toSet());
    var spoken = ALL.stream().map(Labelled::rule).collect(Collectors.toSet());
    var silent = new TreeSet<>(names);
    silent.removeAll(spoken);
    assertEquals(new TreeSet<String>(), silent, "rules without a case");
    var near =
        ALL.stream().flatMap(labelled -> labelled.near().stream()).collect(Collectors.toSet());
    var unmissed = new TreeSet<>(names);
    unmissed.removeAll(near);
    assertEquals(new TreeSet<String>(), unmissed, "rules without a near miss");
    near.removeAll(names);
    assertEquals(Set.of(), near, "near misses of rules that are none");
    for (var labelled : ALL) {
      assertTrue(!labelled.near().contains(labelled.rule()), labelled.name());
    }
  }

  @Test
  void whatHasToBeShownIsAmongTheEvidence() {
    for (var labelled : ALL) {
      var lines = labelled.lines();
      var verdict = verdict(captures(labelled));
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).evidence()) {
          assertTrue(
              verdict.evidence().contains(i + 1L),
              labelled.name() + ": message " + (i + 1) + " is not in " + verdict);
        }
      }
      for (var seq : verdict.evidence()) {
        assertTrue(seq >= 1 && seq <= lines.size(), labelled.name());
      }
      assertTrue(
          verdict.notes().stream().noneMatch(note -> note.text().isEmpty()), labelled.name());
      assertEquals(
          new HashSet<>(verdict.evidence()).size(), verdict.evidence().size(), labelled.name());
    }
  }

  @Test
  void theOrderOfArrivalChangesNothing() {
    var random = new Random(3261);
    for (var labelled : ALL) {
      var captures = new ArrayList<>(captures(labelled));
      var inOrder = told(verdict(captures), captures);
      for (int i = 0; i < SHUFFLES; i++) {
        Collections.shuffle(captures, random);
        assertEquals(inOrder, told(verdict(captures), captures), labelled.name());
      }
    }
  }

  @Test
  void aSecondAgentWithAnotherClockChangesNoRule() {
    for (var labelled : ALL) {
      var twice = new ArrayList<Capture>();
      for (var capture : captures(labelled)) {
        twice.add(by(capture, new Agent(1, "one"), 0));
        twice.add(by(capture, new Agent(2, "two"), SKEW));
      }
      assertEquals(labelled.rule(), verdict(twice).rule(), labelled.name());
    }
  }

  private static Capture by(Capture capture, Agent agent, long late) {
    return new Capture(
        capture.receivedAt() + late,
        capture.time() + late,
        capture.transport(),
        capture.source(),
        capture.destination(),
        agent,
        capture.correlationId(),
        capture.kind(),
        capture.sip());
  }
}
