import { describe, expect, test } from 'vitest';
import type { Column } from '../api/types';
import { arrows } from './call.fixture';
import { hostOf, regrouped, turnedHosts, turning } from './columns';

function at(...pairs: [number, number, string, string][]) {
  return pairs.map(([from, to, source, destination], index) => ({
    ...(arrows(`${index} 0>1 INVITE`)[0] as ReturnType<typeof arrows>[number]),
    seq: index + 1,
    from,
    to,
    source,
    destination,
  }));
}

const MERGED = {
  columns: [
    { address: '192.0.2.1', name: '192.0.2.1', addresses: ['192.0.2.1'] },
    { address: '203.0.113.5', name: 'edge-1', addresses: ['203.0.113.5', '2001:db8::5'] },
  ],
  arrows: at(
    [0, 1, '192.0.2.1:5060', '203.0.113.5:5060'],
    [1, 0, '[2001:db8::5]:5080', '192.0.2.1:49152'],
  ),
};

describe('a host that is turned', () => {
  test('has a column for each of its endpoints, in the order of first sight', () => {
    const apart = regrouped(MERGED, new Set(['edge-1']));
    expect(apart.columns).toEqual([
      { address: '192.0.2.1', name: '192.0.2.1', addresses: ['192.0.2.1'] },
      { address: '203.0.113.5:5060', name: 'edge-1', addresses: [] },
      { address: '[2001:db8::5]:5080', name: 'edge-1', addresses: [] },
    ]);
    expect(apart.arrows.map(({ from, to }) => [from, to])).toEqual([[0, 1], [2, 0]]);
  });

  test('and has no name is named by each address', () => {
    const apart = regrouped(MERGED, new Set(['192.0.2.1']));
    expect(apart.columns.map((column) => column.name)).toEqual(['192.0.2.1:5060', 'edge-1', '192.0.2.1:49152']);
  });

  test('whose ports were told apart is one column, and what it says to itself a loop', () => {
    const columns = ['127.0.0.1:5060', '127.0.0.1:5080'].map((address) => ({ address, name: address }));
    const one = regrouped({ columns, arrows: at([0, 1, '127.0.0.1:5060', '127.0.0.1:5080']) }, new Set(['127.0.0.1']));
    expect(one.columns).toEqual([{ address: '127.0.0.1', name: '127.0.0.1', addresses: [] }]);
    expect(one.arrows.map(({ from, to }) => [from, to])).toEqual([[0, 0]]);
  });

  test('that is not there changes nothing', () => {
    expect(regrouped(MERGED, new Set(['nobody'])).arrows).toEqual(MERGED.arrows);
    expect(regrouped(MERGED, new Set())).toBe(MERGED);
  });
});

test.each<[Column, string]>([
  [{ address: '192.0.2.1', name: '192.0.2.1' }, '192.0.2.1'],
  [{ address: '192.0.2.1:5060', name: null }, '192.0.2.1'],
  [{ address: '[::1]:5060', name: '[::1]:5060' }, '::1'],
  [{ address: '::1', name: '::1' }, '::1'],
  [{ address: '::1', name: 'edge' }, 'edge'],
])('%j is of host %s', (column, expected) => {
  expect(hostOf(column)).toBe(expected);
});

test('a star is every host, one of which can be turned back', () => {
  expect(turnedHosts(['*'], MERGED.columns)).toEqual(new Set(['192.0.2.1', 'edge-1']));
  expect(turning(['*'], 'edge-1', MERGED.columns)).toEqual(['192.0.2.1']);
  expect(turning([], 'edge-1', MERGED.columns)).toEqual(['edge-1']);
});
