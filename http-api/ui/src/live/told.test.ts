import { expect, test } from 'vitest';
import { Told } from './told';

test('what was told once is new no more', () => {
  const told = new Told(10);
  expect(['1/a', '2/a', '1/a', '1/b', '2/a'].map((id) => told.isNew(id))).toEqual([true, true, false, true, false]);
});

test('the oldest are forgotten beyond what is kept', () => {
  const told = new Told(2);
  expect(['1', '2', '3', '2', '1', '3'].map((id) => told.isNew(id))).toEqual([true, true, true, false, true, false]);
});
