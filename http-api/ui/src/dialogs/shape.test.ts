import { expect, test } from 'vitest';
import type { Dialog, ShapeBar } from '../api/types';
import { party } from './outcome';
import { outline, shape, SHAPE } from './shape';

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

test('messages are drawn by who sent them, as far as there is room', () => {
  const sent = (byCaller: boolean, what: string | number, retransmission = false): ShapeBar => ({
    byCaller,
    method: typeof what === 'string' ? what : null,
    status: typeof what === 'number' ? what : null,
    retransmission,
  });
  const bars = outline([sent(true, 'INVITE'), sent(false, 180), sent(false, 200), sent(false, 200, true), sent(true, 'ACK'), sent(false, 'BYE')]);
  expect(bars.map(({ side, tone, tall, repeat }) => `${side === 'caller' ? '^' : '_'}${tone}${tall ? '!' : ''}${repeat ? '*' : ''}`)).toEqual([
    '^request!', '_provisional', '_success!', '_success!*', '^request', '_request!',
  ]);
  expect(bars.map(({ x }) => x)).toEqual([3, 9.5, 16, 22.5, 26.5, 33]);
  const many = outline(Array.from({ length: 100 }, () => sent(true, 'INFO')));
  expect((many.at(-1)?.x ?? 0) + SHAPE.bar).toBeLessThanOrEqual(SHAPE.width);
});
