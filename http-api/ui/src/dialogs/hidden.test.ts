import { expect, test } from 'vitest';
import type { Filter } from '../filter/filters';
import { sentence, worst } from './hidden';

const trunk: Filter = { name: 'trunk', value: 'x' };
const from: Filter = { name: 'from', value: 'y' };

test('the filter that hides most is named, with how many there are', () => {
  const told = { all: 48_213, without: [{ filter: from, found: 3 }, { filter: trunk, found: 900 }] };
  expect(worst(told)).toBe(trunk);
  expect(sentence(told)).toBe('48,213 dialogs are hidden. The trunk filter hides most of them.');
});

test('a filter alone hides all', () => {
  expect(sentence({ all: 2, without: [{ filter: from, found: 2 }] })).toBe('2 dialogs are hidden. The from filter hides them all.');
  expect(sentence({ all: 1, without: [{ filter: from, found: 1 }] })).toBe('1 dialog is hidden. The from filter hides it.');
});

test('nothing is said that was not counted', () => {
  const none = 'Filters add up: each one has to hold.';
  expect(sentence(null)).toBe(none);
  expect(sentence({ all: null, without: [{ filter: from, found: 3 }] })).toBe(none);
  expect(sentence({ all: 5, without: [{ filter: from, found: 0 }, { filter: trunk, found: null }] })).toBe(
    '5 dialogs are hidden. No filter alone hides them: each one has to hold.',
  );
});
