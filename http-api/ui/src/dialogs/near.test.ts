import { expect, test } from 'vitest';
import type { Dialog, Nearness } from '../api/types';
import { choice } from './near';

const near = (offsetMs: number, ...matches: Nearness['matches']) => ({ nearness: { offsetMs, matches } }) as Dialog;

test.each([
  [[near(400, 'from', 'to'), near(-9), near(10)], ['from', 'to'], 'x', 'No dialog has this Call-ID. Nearest of 3 dialogs: 0.40 s after, from and to match.'],
  [[near(-31)], [], null, 'The only dialog near that time: 31 ms before.'],
  [[near(0, 'to'), near(1)], ['from', 'to'], null, 'Nearest of 2 dialogs: at that moment, to matches.'],
  [[near(1)], ['from'], null, 'The only dialog near that time: 1 ms after, from does not match.'],
  [[], ['from'], 'x', 'No dialog has this Call-ID.'],
] as const)('a choice is told with its reason: %#', (dialogs, asked, callId, told) => {
  expect(choice(dialogs, asked, callId)).toBe(told);
});
