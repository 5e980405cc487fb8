import { describe, expect, test } from 'vitest';
import { suggestions, taken } from './completion';

function offered(typed: string): string[] {
  return suggestions(typed, { trunk: ['meridian', 'north sbc'], address: ['192.0.2.40:5060'] }).map(({ text }) => text);
}

describe('the field offers', () => {
  test.each([
    ['m', ['method:', 'method:MESSAGE']],
    ['st', ['status:', 'start:']],
    ['inv', ['method:INVITE']],
    ['can', ['method:CANCEL', 'phase:cancelled']],
    ['host', ['address:']],
    ['method:s', ['method:SUBSCRIBE']],
    ['trunk:', ['trunk:meridian', 'trunk:"north sbc"']],
    ['trunk:"nor', ['trunk:"north sbc"']],
    ['host:192', ['address:192.0.2.40:5060']],
    ['from:alice ph', ['phase:']],
    ['nothing-like-it', []],
    ['phase:failed', []],
  ])('for %j', (typed, expected) => {
    expect(offered(typed)).toEqual(expected);
  });

  test('names where nothing is typed, and no more than can be read', () => {
    expect(offered('').slice(0, 2)).toEqual(['call-id:', 'method:']);
    expect(offered('').length).toBe(8);
  });
});

test('what is taken replaces the last word and leaves the others', () => {
  const [phase] = suggestions('from:alice ph', {});
  expect(phase && taken('from:alice ph', phase)).toBe('from:alice phase:');
  const [trunk] = suggestions('x trunk:"no', { trunk: ['north sbc'] });
  expect(trunk && taken('x trunk:"no', trunk)).toBe('x trunk:"north sbc"');
});
