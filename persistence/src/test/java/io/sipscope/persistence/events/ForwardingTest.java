package io.sipscope.persistence.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sipscope.persistence.events.Forwarding.Place;
import io.sipscope.persistence.events.Subscriptions.Command;
import io.sipscope.persistence.events.Subscriptions.Forward;
import io.sipscope.persistence.events.Subscriptions.Reached;
import io.sipscope.persistence.statistics.Counters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ForwardingTest {
  private static final long STREAM = 7;
  private static final Event EVENT = Event.of("E_SCRIPT_MSG");

  private final Counters counters = new Counters();
  private final Events events =
      new Events(new EventNames(List.of()), EventDelivery.NOBODY, counters, () -> 0);

  /// On its way to the other node, and what that does with it.
  private final Queue<Command> way = new ConcurrentLinkedQueue<>();

  private final Forwardings other = new Forwardings("other", events);
  private final List<Long> arrived = new ArrayList<>();
  private final Forwarding forwarding = new Forwarding("one", STREAM, way::add);

  private long dropped() {
    return counters.counter("events", "dropped").sum();
  }

  private void forward(int times) {
    for (int i = 0; i < times; i++) {
      assertTrue(forwarding.forward(List.of(), EVENT));
    }
  }

  /// @return the place of what came in, as the other would acknowledge it
  private Place takeIn(Command command) {
    return switch (command) {
      case Forward(var place, _, _) -> {
        other.arrived(place);
        arrived.add(place.number());
        yield place;
      }
      case Reached(var place) -> {
        other.reached(place);
        yield place;
      }
      default -> throw new AssertionError(command);
    };
  }

  private Place takeInAll() {
    var last = new Place("one", STREAM, 0, 0);
    for (var next = way.poll(); next != null; next = way.poll()) {
      last = takeIn(next);
    }
    return last;
  }

  private static List<Long> numbers(List<Forward> forwards) {
    return forwards.stream().map(one -> one.place().number()).toList();
  }

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  @Test
  void whatWasNotAcknowledgedComesBackInItsOrder() {
    forward(5);
    forwarding.acknowledged(STREAM, 2);
    forwarding.acknowledged(STREAM - 1, 4);
    forwarding.acknowledged(STREAM, 1);
    var left = forwarding.end();
    assertEquals(List.of(3L, 4L, 5L), numbers(left.kept()));
    assertEquals(0, left.lost());
    assertFalse(forwarding.forward(List.of(), EVENT));
    assertEquals(upTo(5), way.stream().map(one -> ((Forward) one).place().number()).toList());
  }

  @Test
  void whatThereIsNoRoomForIsForwardedAndLostOnlyWithTheNode() {
    forward(Forwarding.MOST + 3);
    assertEquals(Forwarding.MOST + 3, way.size());
    forwarding.acknowledged(STREAM, 1);
    forward(2);
    var left = forwarding.end();
    assertEquals(Forwarding.MOST, left.kept().size());
    assertEquals(Forwarding.MOST + 4L, numbers(left.kept()).getLast());
    assertEquals(4, left.lost());
  }

  @Test
  void aGapIsCountedOnceAndTheLastOnesByTheReminder() {
    forward(3);
    takeIn(way.remove());
    way.remove();
    takeIn(way.remove());
    assertEquals(1, dropped());
    forward(2);
    way.clear();
    forwarding.remind();
    forwarding.acknowledged(STREAM, takeInAll().number());
    assertEquals(3, dropped());
    forwarding.remind();
    assertEquals(0, way.size());
    assertEquals(List.of(), forwarding.end().kept());
  }

  /// As when the actor that counted them failed.
  @Test
  void whoForgotHowFarItCameMissesOnlyWhatItNeverAcknowledged() {
    forward(3);
    forwarding.acknowledged(STREAM, takeInAll().number());
    forward(2);
    way.remove();
    other.members(new HashSet<>());
    takeInAll();
    assertEquals(1, dropped());
  }

  static IntStream seeds() {
    return IntStream.range(0, 300);
  }

  /// The law: each arrived, or comes back, or is counted.
  @ParameterizedTest
  @MethodSource("seeds")
  void nothingIsLostUncounted(int seed) {
    var random = new Random(seed);
    boolean loses = random.nextBoolean();
    var back = new ArrayDeque<Place>();
    long all = 0;
    for (int step = 0; step < 400; step++) {
      switch (random.nextInt(10)) {
        case 0 -> forwarding.remind();
        case 1 -> {
          if (!back.isEmpty()) {
            forwarding.acknowledged(STREAM, back.remove().number());
          }
        }
        case 2, 3, 4 -> {
          int burst = random.nextInt(40);
          forward(burst);
          all += burst;
        }
        case 5 -> {
          if (loses) {
            way.poll();
            back.poll();
          }
        }
        default -> {
          for (int i = random.nextInt(30); i > 0 && !way.isEmpty(); i--) {
            back.add(takeIn(way.remove()));
          }
        }
      }
    }
    var left = forwarding.end();
    assertEquals(arrived.stream().sorted().distinct().toList(), arrived);
    var found = new HashSet<>(arrived);
    found.addAll(numbers(left.kept()));
    long missing = all - found.size();
    assertTrue(missing <= left.lost() + dropped(), "missing " + missing);
    if (!loses) {
      assertEquals(0, dropped());
    }
  }

  /// A number too high would be taken for a loss.
  @Test
  void manyThreadsForwardInTheOrderOfTheNumbers() throws InterruptedException {
    int each = 20_000;
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 4; i++) {
      threads.add(Thread.ofPlatform().start(() -> forward(each)));
    }
    for (var thread : threads) {
      while (thread.isAlive()) {
        forwarding.acknowledged(STREAM, takeInAll().number());
      }
    }
    takeInAll();
    assertEquals(upTo(4L * each), arrived);
    assertEquals(0, dropped());
  }
}
