import { expect, test } from 'vitest';
import type { Alert } from '../api/alerts';
import { spark } from '../statistics/series';
import { condition, level, NEW, rule, sorted } from './told';

test('a condition is a phrase', () => {
  expect(condition({ ...NEW, bound: 5, rate: true })).toBe('above 5 /s for 1 min');
  expect(condition({ ...NEW, comparison: 'below', bound: 0.5, forSeconds: 0 })).toBe('below 0.5');
  expect(condition({ ...NEW, statistic: 'ASR/carrier/in', comparison: 'below', bound: 40 })).toBe('below 40 % for 1 min');
  expect(condition({ ...NEW, statistic: 'srd', bound: 2.5, forSeconds: 0 })).toBe('above 2.5 s');
  expect(condition({ ...NEW, statistic: 'asrx', bound: 2, forSeconds: 0 })).toBe('above 2');
});

test('what is typed is kept without blanks around it, and no webhook is none', () => {
  expect(rule({ ...NEW, name: ' a b ', statistic: ' asr', webhook: '  ' })).toEqual({ ...NEW, name: 'a b', statistic: 'asr' });
});

test('what needs somebody stands first', () => {
  const alert = (name: string, state: Alert['state']) => ({ name, state }) as Alert;
  const all = [alert('b', 'ok'), alert('a', 'ok'), alert('c', 'unknown'), alert('d', 'raised'), alert('e', 'pending')];
  expect(sorted(all).map(({ name }) => name).join('')).toBe('decab');
});

test('the bound is drawn where the line would be were it the value', () => {
  expect(level([0, 10], 10, 20)).toBe(1);
  expect(level([0, 10], 20, 20)).toBe(1);
  expect(level([0, 10], -10, 20)).toBe(19);
  expect(level([7], 3, 20)).toBeNull();
  expect(level([3, 3], 3, 20)).toBe(19);
  expect(spark([0, 10], 10, 20, [20])).toBe('M0.0 19.0L10.0 10.0');
});
