import { expect, test } from 'vitest';
import { count, rate, SECONDS, spark, tick } from './rate';

test('the rate is that of the last five whole seconds', () => {
  expect(rate([100, 10, 20, 30, 40, 50, 999])).toBe(30);
  expect(rate([999])).toBe(0);
});

test('only the last minute is kept', () => {
  let counts: number[] = [];
  for (let second = 0; second < 2 * SECONDS; second++) counts = count(tick(counts), second);
  expect(counts.length).toBe(SECONDS);
  expect(counts.at(-1)).toBe(2 * SECONDS - 1);
});

test('the line ends at the right, without the second that still runs', () => {
  expect(spark([0, 10, 5], 118, 22)).toBe('M116.0 20.0L118.0 2.0');
  expect(spark([], 118, 22)).toBe('');
});
