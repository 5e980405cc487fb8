import { expect, test } from 'vitest';
import type { Dialog } from '../api/types';
import { party } from './outcome';
import { shape } from './shape';

function drawn(dialog: Partial<Dialog>): string {
  const known = { method: 'INVITE', status: null, phase: 'trying', ringMs: null, retransmissions: 0 } as Dialog;
  return shape({ ...known, ...dialog })
    .map(({ side, tone, repeat }) => `${side === 'caller' ? '^' : '_'}${tone}${repeat ? '*' : ''}`)
    .join(' ');
}

test('an answered call is invited, rung, answered, acknowledged and ended', () => {
  expect(drawn({ status: 200, phase: 'terminated', ringMs: 400 })).toBe(
    '^request _provisional _success ^request ^request _success',
  );
});

test('a call that goes on has no end', () => {
  expect(drawn({ status: 200, phase: 'confirmed' })).toBe('^request _success ^request');
});

test('a refusal has the colour of its class', () => {
  expect(drawn({ status: 503, phase: 'failed' })).toBe('^request _server-error ^request');
});

test('a cancelled call is cancelled before its answer', () => {
  expect(drawn({ status: 487, phase: 'cancelled' })).toBe('^request ^request _client-error ^request');
});

test('retransmissions are the request while nobody answers, else the answer, and never fill the drawing', () => {
  expect(drawn({ retransmissions: 2 })).toBe('^request ^request* ^request*');
  expect(drawn({ status: 200, phase: 'confirmed', retransmissions: 1 })).toBe('^request _success ^request _success*');
  expect(drawn({ retransmissions: 100_000 }).split(' ').length).toBe(9);
});

test('other requests are asked and answered, nothing more', () => {
  expect(drawn({ method: 'REGISTER', status: 200, phase: 'terminated' })).toBe('^register _success');
});

test('a party is its number where it has one', () => {
  expect(party('+442079460112@pbx.example.com', '')).toBe('+442079460112');
  expect(party('alice@example.com', '')).toBe('alice@example.com');
  expect(party('', '192.0.2.1:5060')).toBe('192.0.2.1:5060');
});
