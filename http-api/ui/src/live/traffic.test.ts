import { describe, expect, test } from 'vitest';
import type { Message } from '../api/types';
import { arrows } from '../ladder/call.fixture';
import { arrived, caughtUp, identity, MAX_ROWS, missing, QUIET } from './traffic';

const [first] = arrows('0 0>1 INVITE');

function messages(from: number, to: number): Message[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({ ...(first as Message), seq: from + index }));
}

function seqs(rows: readonly Message[]): number[] {
  return rows.map((row) => row.seq);
}

describe('a view that follows', () => {
  test('has the newest on top', () => {
    const traffic = arrived(arrived(QUIET, messages(1, 2), true), messages(3, 4), true);
    expect(seqs(traffic.rows)).toEqual([4, 3, 2, 1]);
  });

  test('forgets the oldest beyond its bound, even within one batch', () => {
    const traffic = arrived(arrived(QUIET, messages(1, 10), true), messages(11, MAX_ROWS + 20), true);
    expect(traffic.rows.length).toBe(MAX_ROWS);
    expect(traffic.rows[0]?.seq).toBe(MAX_ROWS + 20);
    expect(traffic.rows.at(-1)?.seq).toBe(21);
  });
});

describe('a view that stands still', () => {
  const held = arrived(arrived(QUIET, messages(1, 2), true), messages(3, 44), false);

  test('keeps its rows and counts what waits', () => {
    expect(seqs(held.rows)).toEqual([2, 1]);
    expect(held.waited).toBe(42);
  });

  test('shows what waited when it catches up', () => {
    const traffic = caughtUp(held);
    expect(traffic.rows.length).toBe(44);
    expect(traffic.rows[0]?.seq).toBe(44);
    expect(traffic.waited).toBe(0);
  });

  test('counts on where it keeps no more', () => {
    const traffic = arrived(held, messages(45, 45 + MAX_ROWS), false);
    expect(traffic.waiting.length).toBe(MAX_ROWS);
    expect(traffic.waited).toBe(42 + MAX_ROWS + 1);
  });
});

describe('what is read back after a gap', () => {
  test('is taken in once', () => {
    const traffic = arrived(arrived(QUIET, messages(1, 3), true), messages(4, 4), false);
    expect(seqs(missing(traffic, messages(3, 6).toReversed()))).toEqual([5, 6]);
  });

  test('is told apart by dialog as well', () => {
    expect(identity({ ...(first as Message), key: 'other' })).not.toBe(identity(first as Message));
  });
});
