import { expect, test } from 'vitest';
import type { Dialog, LegEdge } from '../api/types';
import { confidenceText, related } from './legs';

function edge(a: string, b: string, confidence: number): LegEdge {
  return { a, b, kind: 'header', evidence: `${a} names ${b}.`, confidence, messages: [] };
}

test('each other leg comes with what leads to it, best first', () => {
  const legs = ['a', 'b', 'c', 'd'].map((key) => ({ key, ...(key === 'c' && { confidence: 0.6 }) }) as Dialog);
  const edges = [edge('a', 'b', 0.4), edge('b', 'a', 0.9), edge('c', 'b', 0.7)];
  expect(related({ legs, edges, complete: true }).map((leg) => [leg.key, leg.confidence, leg.edges.length])).toEqual([
    ['b', 0.9, 3],
    ['c', 0.6, 1],
    ['d', 0, 0],
  ]);
});

test('confidence is told in whole percent', () => {
  expect([0, 0.974, 1, 7, -1].map(confidenceText)).toEqual(['0 %', '97 %', '100 %', '100 %', '0 %']);
});
