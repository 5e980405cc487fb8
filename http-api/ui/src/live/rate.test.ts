import { expect, test } from 'vitest';
import { count, rate, sampled, SECONDS, spark, tick } from './rate';

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

test.each([
  [null, ''],
  [{ matched: 900, shown: 900, share: 1 }, ''],
  [{ matched: 5000, shown: 600, share: 0.12 }, 'Showing 12 % of 5,000 msg/s, whole calls'],
  [{ matched: 250_000, shown: 600, share: 0.0024 }, 'Showing < 1 % of 250,000 msg/s, whole calls'],
  [{ matched: 2001, shown: 2000, share: 0.9995 }, 'Showing 99 % of 2,001 msg/s, whole calls'],
])('a sample is told as what it is: %j', (rate, text) => {
  expect(sampled(rate)).toBe(text);
});
