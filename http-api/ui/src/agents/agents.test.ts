import { expect, test } from 'vitest';
import type { Agent } from '../api/agents';
import { offset, reasons, recipes, standing } from './told';

const AGENT: Agent = {
  name: 'edge', node: 'n', address: '192.0.2.1', authenticated: true, messages: 1, gaps: 0, dropped: 0,
  lastSeenAt: '2026-11-20T14:00:00Z', clockOffsetMs: null, rate: 1,
};
const NOW = Date.parse('2026-11-20T14:00:10Z');

test('an agent is heard, quiet, silent, or was never heard', () => {
  expect(standing(AGENT, NOW).word).toBe('Sending');
  expect(standing(AGENT, NOW + 120_000).word).toBe('Quiet');
  expect(standing({ ...AGENT, silentSince: '2026-11-20T14:00:05Z' }, NOW).word).toBe('Silent');
  expect(standing({ ...AGENT, lastSeenAt: null }, NOW).word).toBe('Never heard');
});

test.each([
  [null, '—'],
  [0.2, '< 1 ms'],
  [12.4, '+12 ms'],
  [-1234, '−1.2 s'],
])('a clock that is off by %s ms is off by %s', (millis, shown) => {
  expect(offset(millis)).toBe(shown);
});

test('what was dropped has its reasons', () => {
  expect(reasons({ ...AGENT, droppedBy: { key: 2, 'rate limit': 1 } })).toBe('2 by key, 1 by rate limit');
  expect(reasons(AGENT)).toBe('');
});

test('what to write names the host of the page', () => {
  expect(recipes('2001:db8::1', 9060).map(({ text }) => text).join()).toContain('-hs [2001:db8::1]:9060');
});
