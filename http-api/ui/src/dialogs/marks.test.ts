import { expect, test } from 'vitest';
import type { Dialog } from '../api/types';
import { allOrNone, areAllMarked, MAX_MARKS, stretched, toggledMark, type Marks } from './marks';

const rows = Array.from({ length: 6 }, (_, index) => ({ key: String(index) }) as Dialog);
const NONE: Marks = new Map();
const keys = (marks: Marks) => [...marks.keys()].join('');

test('a mark comes and goes', () => {
  const one = toggledMark(NONE, rows[2] as Dialog);
  expect(keys(one)).toBe('2');
  expect(keys(toggledMark(one, rows[2] as Dialog))).toBe('');
});

test('a stretch is marked in either direction, whatever was marked before', () => {
  expect(keys(stretched(NONE, rows, 1, 3))).toBe('123');
  expect(keys(stretched(stretched(NONE, rows, 5, 5), rows, 3, 1))).toBe('5123');
});

test('all are marked, and then none', () => {
  const all = allOrNone(NONE, rows);
  expect(keys(all)).toBe('012345');
  expect(areAllMarked(all, rows)).toBe(true);
  expect(keys(allOrNone(all, rows))).toBe('');
  expect(areAllMarked(NONE, [])).toBe(false);
});

test('no more are marked than one export takes', () => {
  const many = Array.from({ length: MAX_MARKS + 1 }, (_, index) => ({ key: `k${index}` }) as Dialog);
  const marks = allOrNone(NONE, many);
  expect(marks.size).toBe(MAX_MARKS);
  expect(toggledMark(marks, many.at(-1) as Dialog).size).toBe(MAX_MARKS);
  expect(areAllMarked(marks, many)).toBe(true);
});
