import { expect, test } from 'vitest';
import { byLine, caret, heat, most, offset, ofComplaint, ofFailure, type Mark } from './told';

const mark = (line: number, column = 1, end = column + 1): Mark => ({ line, column, end, tone: 'bad', text: '' });

test('complaints and failures say what they are', () => {
  const complaint = { file: 'f', line: 2, column: 3, endColumn: 6, message: 'no such <b>', severity: 'warning' } as const;
  expect(ofComplaint(complaint)).toEqual({ line: 2, column: 3, end: 6, tone: 'warn', text: 'warning: no such <b>' });
  const failure = { line: 1, column: 4, message: 'm', count: 1 };
  expect(ofFailure(failure).text).toBe('failed once: m');
  expect(ofFailure({ ...failure, count: 12_345 }).text).toBe('failed 12,345 times: m');
});

test('what is of no line is kept apart', () => {
  const marks = byLine([mark(0), mark(2), mark(2), mark(9)], 3);
  expect([...marks].map(([line, all]) => [line, all.length])).toEqual([
    [0, 2],
    [2, 2],
  ]);
});

test.each([
  ['if (x)', 1, 3, '^^'],
  ['\tif (x)', 5, 6, '\t   ^'],
  ['ab', 3, 4, '  ^'],
  ['ab', 3, 3, '  ^'],
  ['ab', 4, 9, ''],
  ['ab', 0, 0, ''],
  ['ab', 1, 999, '^^'],
  ['x'.repeat(1_000_000), 999_999, 1_000_000, ''],
])('the caret of %j at %i to %i is %j', (line, column, end, expected) => {
  expect(caret(line, mark(1, column, end))).toBe(expected);
});

test('a line is as hot as its count is beside the most', () => {
  expect([heat(undefined, 9), heat(0, 9), heat(1, 1000), heat(10, 1000), heat(100, 1000), heat(1, 1)]).toEqual([0, 0, 1, 2, 3, 3]);
});

test('a place in a text is found, and none is beyond it', () => {
  expect(offset('ab\ncd\n', mark(2, 2, 3))).toEqual([4, 5]);
  expect(offset('ab', mark(7, 1, 2))).toEqual([0, 1]);
  expect(offset('ab', mark(1, 9, 12))).toEqual([2, 2]);
});

test('counts stand in the order of their size', () => {
  expect(most({ b: 1, a: 1, c: 7 })).toEqual([
    ['c', 7],
    ['a', 1],
    ['b', 1],
  ]);
  expect(most(undefined)).toEqual([]);
});
