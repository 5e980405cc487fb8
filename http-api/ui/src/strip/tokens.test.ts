import { expect, test } from 'vitest';
import { filtersOf, query } from '../filter/filters';
import { between, chosenIn, millisOf } from './tokens';

test('a chosen time is in the filters, beside the others, and comes back', () => {
  const filters = between(filtersOf('?start=2020-01-01T00:00:00Z&method=BYE'), { start: 1_795_183_612_000, end: null });
  expect(query(filters)).toBe('?method=BYE&start=2026-11-20T14%3A06%3A52.000Z');
  expect(chosenIn(filters)).toEqual({ start: 1_795_183_612_000, end: null });
  expect(chosenIn(filtersOf('?end=nonsense'))).toEqual({ start: null, end: null });
});

test.each([
  ['2026-11-20T14:06:52Z', 1_795_183_612_000],
  ['1795183612', 1_795_183_612_000],
  ['1795183612.25', 1_795_183_612_250],
  ['1795183612250', 1_795_183_612_250],
  ['1795183612250000000', 1_795_183_612_250],
  ['12', null],
  ['soon', null],
])('the time %s is %s', (text, millis) => {
  expect(millisOf(text)).toBe(millis);
});
