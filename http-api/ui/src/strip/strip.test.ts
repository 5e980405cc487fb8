import { describe, expect, test } from 'vitest';
import { bars, BUCKETS, dragged, extentOf, HEIGHT, nudged, rangeOf, RANGES, stepOf, ticks, timeAt } from './strip';

const OPEN = { start: null, end: null };
const NOW = Date.UTC(2026, 10, 20, 14, 7, 31);
const QUARTER = extentOf(RANGES['15m'], NOW, OPEN);
const STEP = stepOf(QUARTER);

describe('what the strip shows', () => {
  test('is the range until now, on whole steps, so that bars stand still', () => {
    expect(STEP).toBe(7500);
    expect(QUARTER.end % STEP).toBe(0);
    expect(QUARTER.end).toBeGreaterThanOrEqual(NOW);
    expect(extentOf(RANGES['15m'], NOW + 400, OPEN)).toEqual(QUARTER);
  });

  test('stays where the chosen time lies in it', () => {
    expect(extentOf(RANGES['15m'], NOW, { start: NOW - 60_000, end: NOW - 30_000 })).toEqual(QUARTER);
  });

  test('moves to a chosen time outside of it, with a margin on both sides', () => {
    const day = 86_400_000;
    const { start, end } = extentOf(RANGES['15m'], NOW, { start: NOW - 2 * day, end: NOW - day });
    expect(start).toBeLessThan(NOW - 2 * day);
    expect(end).toBeGreaterThan(NOW - day);
    expect(end).toBeLessThan(NOW);
  });

  test('reaches until now where only the beginning is chosen', () => {
    const { start, end } = extentOf(RANGES['5m'], NOW, { start: NOW - 3_600_000, end: null });
    expect(start).toBeLessThan(NOW - 3_600_000);
    expect(end).toBeGreaterThanOrEqual(NOW);
  });

  test('bears a range that ends before it begins', () => {
    expect(extentOf(RANGES['15m'], NOW, { start: NOW, end: NOW - 1 })).toEqual(QUARTER);
  });
});

describe('a drag', () => {
  test('chooses whole steps, in either direction', () => {
    const there = dragged(240, 600, QUARTER, 1200);
    expect(there).toEqual(dragged(600, 240, QUARTER, 1200));
    expect(there).toEqual({ start: QUARTER.start + 24 * STEP, end: QUARTER.start + 60 * STEP });
  });

  test('is open towards now at the right edge, and at the left', () => {
    expect(dragged(600, 1300, QUARTER, 1200)).toEqual({ start: QUARTER.start + 60 * STEP, end: null });
    expect(dragged(-5, 600, QUARTER, 1200)).toEqual({ start: null, end: QUARTER.start + 60 * STEP });
  });

  test('chooses one step at least', () => {
    expect(dragged(300, 301, QUARTER, 1200)).toEqual({ start: QUARTER.start + 30 * STEP, end: QUARTER.start + 31 * STEP });
    expect(dragged(1200, 1200, QUARTER, 1200).start).toBe(QUARTER.end - STEP);
  });
});

describe('an edge that keys move', () => {
  test('begins at the strip’s own edge', () => {
    expect(nudged(OPEN, 'start', 10, QUARTER)).toEqual({ start: QUARTER.start + 10 * STEP, end: null });
    expect(nudged(OPEN, 'end', -10, QUARTER)).toEqual({ start: null, end: QUARTER.end - 10 * STEP });
  });

  test('neither passes the other nor leaves the strip', () => {
    const chosen = { start: QUARTER.start + 10 * STEP, end: QUARTER.start + 12 * STEP };
    expect(nudged(chosen, 'start', 100, QUARTER).start).toBe(chosen.end - STEP);
    expect(nudged(chosen, 'end', -100, QUARTER).end).toBe(chosen.start + STEP);
    expect(nudged(chosen, 'start', -BUCKETS * 2, QUARTER).start).toBeNull();
  });
});

describe('bars', () => {
  const counted = [
    { at: QUARTER.start, dialogs: 100, failed: 0 },
    { at: QUARTER.start + STEP, dialogs: 50, failed: 1 },
    { at: QUARTER.start + 2 * STEP, dialogs: 0, failed: 0 },
    { at: QUARTER.start + 3 * STEP, dialogs: null, failed: null },
    { at: QUARTER.start - STEP, dialogs: 1, failed: 1 },
  ];

  test('are as high as their share, and none stands where nothing is known', () => {
    const drawn = bars(counted, QUARTER, 1200, OPEN);
    expect(drawn.map((bar) => bar.height)).toEqual([HEIGHT - 8, (HEIGHT - 8) / 2]);
    expect(drawn.map((bar) => bar.failed)).toEqual([0, 1.5]);
    expect(drawn[1]?.x).toBeCloseTo(10.8, 5);
  });

  test('know whether they are chosen', () => {
    const drawn = bars(counted, QUARTER, 1200, { start: QUARTER.start + STEP, end: null });
    expect(drawn.map((bar) => bar.inside)).toEqual([false, true]);
  });
});

test('labels stand at round times of the reader’s zone, apart from each other', () => {
  const at = ticks(QUARTER, 1200, -60).map(({ time }) => new Date(time + 3_600_000).toISOString().slice(11, 16));
  expect(at).toEqual(['14:54', '14:56', '14:58', '15:00', '15:02', '15:04', '15:06']);
  expect(ticks(QUARTER, 100, 0).length).toBeLessThanOrEqual(1);
});

test('a place is a time on a whole step', () => {
  expect(timeAt(-10, QUARTER, 1200)).toBe(QUARTER.start);
  expect(timeAt(1e6, QUARTER, 1200)).toBe(QUARTER.end);
  expect(timeAt(14, QUARTER, 1200)).toBe(QUARTER.start + STEP);
});

test.each([
  ['24h', '24h'],
  ['7d', '15m'],
  ['toString', '15m'],
  [null, '15m'],
])('the range %s in a link is %s', (text, range) => {
  expect(rangeOf(text)).toBe(range);
});
