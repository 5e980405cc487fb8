import { expect, test } from 'vitest';
import { chosenColumns, isDefault, toggled } from './columns';

test('a link decides on columns before what was remembered, and that before the design', () => {
  expect(chosenColumns('path,agent', 'cseq')).toEqual(['time', 'message', 'path', 'agent']);
  expect(chosenColumns(null, 'cseq')).toEqual(['time', 'message', 'cseq']);
  expect(isDefault(chosenColumns(null, null))).toBe(true);
});

test('unknown columns are left out, and time and message never are', () => {
  expect(chosenColumns('nonsense,<script>', null)).toEqual(['time', 'message']);
  expect(toggled(['time', 'message'], 'time')).toEqual(['time', 'message']);
});

test('a column comes and goes in its place', () => {
  expect(toggled(['time', 'message', 'size'], 'path')).toEqual(['time', 'message', 'path', 'size']);
  expect(toggled(['time', 'message', 'size'], 'size')).toEqual(['time', 'message']);
});
