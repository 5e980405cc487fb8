import { expect, test } from 'vitest';
import type { Told } from '../api/events';
import { byKind, fits, params, raised, summary } from './told';

const told = (params: Told['params']): Told => ({ id: '1', at: '', name: 'E_TEST', node: 'a', params });

test('names stand by their kind', () => {
  expect(byKind(['E_CORE_LOG', 'E_PROFILING_PROC', 'E_DLG_STATE_CHANGED', 'E_ALERT', 'E_MINE'])).toEqual([
    ['Core', ['E_CORE_LOG', 'E_PROFILING_PROC']],
    ['Calls', ['E_DLG_STATE_CHANGED']],
    ['Sipscope and scripts', ['E_ALERT', 'E_MINE']],
  ]);
  expect(byKind([])).toEqual([]);
});

test('parameters have their names, or their places', () => {
  expect(params(told({ a: 1, b: null, c: { d: [2] } }))).toEqual([
    ['a', '1'],
    ['b', 'null'],
    ['c', '{\n  "d": [\n    2\n  ]\n}'],
  ]);
  expect(params(told(['x', 7]))).toEqual([
    ['1', 'x'],
    ['2', '7'],
  ]);
  expect(params(told(null as unknown as []))).toEqual([]);
});

test('a row has a line, however long the parameters are', () => {
  expect(summary(told({ a: 'x\ny', b: 2 }))).toBe('a=x y  b=2');
  expect(summary(told({ a: 'x'.repeat(1_000_000) })).length).toBe(401);
});

test.each([
  ['', true],
  ['  ', true],
  ['e_test', true],
  ['BUSY e_', true],
  ['busy other', false],
])('%j finds it: %s', (typed, expected) => {
  expect(fits(typed, told({ reason: 'Busy <here>' }))).toBe(expected);
});

test('what is raised is nothing, a JSON object or lines', () => {
  expect([raised(' '), raised(' {"a":1} '), raised('one\n two ')]).toEqual([undefined, '{"a":1}', ['one', 'two']]);
});
