import { describe, expect, test } from 'vitest';
import type { History } from '../api/statistics';
import { asked, fits, isRecorded, link, MOST_LINES, rerecorded, resetCall, toggled } from './asked';
import { duration, figure } from './figure';
import { latest, lines, moved, rates, spark, thinned } from './series';

const HISTORY: History = {
  start: '2026-11-20T14:00:00.000000000Z',
  end: '2026-11-20T14:00:40.000000000Z',
  step: 10_000,
  series: [
    {
      name: 'core:rcv_requests',
      unit: 'messages',
      meaning: '',
      points: [
        { time: '2026-11-20T14:00:00Z', value: 100 },
        { time: '2026-11-20T14:00:10Z', value: 150 },
        { time: '2026-11-20T14:00:30Z', value: 250 },
        { time: '2026-11-20T14:00:40Z', value: 3 },
      ],
    },
    { name: 'load:load', unit: 'percent', meaning: '', points: [{ time: '2026-11-20T14:00:20Z', value: 7 }] },
  ],
};

describe('lines', () => {
  const drawn = lines(HISTORY, (name) => (name.startsWith('core:') ? 'counter' : 'gauge'));

  test('of counters are rates over holes, and none where the counter was reset', () => {
    expect(drawn.lines[0]).toEqual({ name: 'core:rcv_requests', unit: 'messages/s', values: [null, 5, null, 5, null] });
  });

  test('of other kinds are the values, and nothing where there is no sample', () => {
    expect(drawn.at).toHaveLength(5);
    expect(drawn.lines[1]).toEqual({ name: 'load:load', unit: 'percent', values: [null, null, 7, null, null] });
    expect(latest(drawn.lines[1]?.values ?? [])).toBe(7);
  });

  test('of a day before lie under those of today', () => {
    expect(moved(drawn, [1, 2])[1]).toEqual({ name: 'load:load, a day before', unit: 'percent', values: [null, null] });
  });

  test('have no rate over a long hole', () => {
    expect(rates([0, null, null, null, 40], 10)).toEqual([null, null, null, null, null]);
  });

  test('have few points when small: means of what is there', () => {
    expect(thinned([1, 3, null, null, 5, null, 7], 4)).toEqual([2, null, 5, 7]);
    expect(thinned([], 4)).toEqual([]);
  });

  test('are paths when small, broken where there is nothing', () => {
    expect(spark([1, 2, null, 1, 2], 4, 10)).toBe('M0.0 9.0L1.0 1.0M3.0 9.0L4.0 1.0');
    expect(spark([null, 5], 4, 10)).toBe('');
    expect(spark([5, 5], 4, 10)).not.toContain('NaN');
  });
});

describe('the address', () => {
  test('holds all that is shown', () => {
    const shown = { range: '7d', names: ['load:load'], node: 'pekko://s@h:1', find: 'a b', compare: true } as const;
    expect(asked(link({ ...shown, names: [...shown.names] }).replace('/statistics', ''))).toEqual(shown);
  });

  test('of nonsense shows the hour', () => {
    expect(asked('?range=1y&names=,,').range).toBe('1h');
    expect(asked('?names=,,').names).toEqual([]);
  });

  test('holds a bounded number of lines, of which the oldest makes room', () => {
    const many = Array.from({ length: MOST_LINES }, (_, index) => `a:${index}`);
    expect(toggled(many, 'b:1')).toEqual([...many.slice(1), 'b:1']);
    expect(toggled(many, 'a:0')).toEqual(many.slice(1));
  });
});

test('a reset goes by bare names, as the command does, unless they would mean another statistic', () => {
  const one = (name: string, resettable = true) => ({ name, resettable });
  const all = [one('core:a'), one('x:sent'), one('y:sent'), one('load:b', false)];
  expect(resetCall(['core:a', 'x:sent'], all)).toEqual({ method: 'reset_statistics', params: { statistics: ['a', 'sent'] } });
  expect(resetCall(['y:sent'], all)).toBeNull();
  expect(resetCall(['core:a', 'x:sent', 'y:sent'], all)).toEqual({ method: 'reset_all_statistics', params: {} });
});

test('every word that is typed has to fit', () => {
  const statistic = { name: 'tm:2xx_transactions', meaning: 'Transactions that ended with a 2xx.' };
  expect(fits('ended TM:', statistic)).toBe(true);
  expect(fits('ended 3xx', statistic)).toBe(false);
});

describe('what is recorded', () => {
  test.each(['all', 'tm:', '2xx_transactions', 'TM:2xx_transactions'])('%s means a statistic', (chosen) => {
    expect(isRecorded([chosen], 'tm:2xx_transactions')).toBe(true);
  });

  test('can be one more and one less, out of a group as well', () => {
    expect(rerecorded(['load:load'], 'tm:a', [])).toEqual(['load:load', 'tm:a']);
    expect(rerecorded(['load:load', 'tm:a'], 'tm:a', [])).toEqual(['load:load']);
    expect(rerecorded(['tm:'], 'tm:a', ['tm:a', 'tm:b', 'x:a'])).toEqual(['tm:b']);
    expect(rerecorded(['a'], 'tm:a', ['tm:a', 'tm:b', 'x:a'])).toEqual(['x:a']);
  });
});

test.each([
  [null, 'messages', '—'],
  [1500, 'bytes', '1.5 kB'],
  [0.4, 'messages/s', '0.4 /s'],
  [0, 'messages/second', '0 /s'],
  [12.34, 'percent', '12.3 %'],
  [1284, 'dialogs', '1,284'],
  [0.0012, 'messages/s', '0.001 /s'],
  [353_100, 'seconds', '4 d 2 h'],
])('%s %s is shown as %s', (value, unit, shown) => {
  expect(figure(value, unit)).toBe(shown);
});

test.each([
  [0, '0 s'],
  [59.9, '59 s'],
  [1320, '22 min'],
  [3605, '1 h'],
])('%s seconds last %s', (seconds, shown) => {
  expect(duration(seconds)).toBe(shown);
});
