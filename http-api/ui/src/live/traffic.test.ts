import { describe, expect, test } from 'vitest';
import type { Message } from '../api/types';
import { arrows } from '../ladder/call.fixture';
import { arrived, below, caughtUp, identity, MAX_ROWS, mended, missing, QUIET } from './traffic';

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

describe('what is read back', () => {
  test('is taken in once', () => {
    const traffic = arrived(arrived(QUIET, messages(1, 3), true), messages(4, 4), false);
    expect(seqs(missing(traffic, messages(3, 6).toReversed()))).toEqual([6, 5]);
  });

  test('is told apart by dialog as well', () => {
    expect(identity({ ...(first as Message), key: 'other' })).not.toBe(identity(first as Message));
  });

  test('from before this page was opened stands beneath what came since', () => {
    const traffic = arrived(QUIET, messages(4, 5), true);
    expect(seqs(below(traffic, messages(1, 4).toReversed()).rows)).toEqual([5, 4, 3, 2, 1]);
  });
});

describe('a gap', () => {
  const at = (seq: number) => ({ ...(first as Message), seq, receivedAt: `2026-11-20T14:00:${String(seq).padStart(2, '0')}.000000000Z` });
  const all = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => at(from + index));
  const torn = arrived(QUIET, [...all(1, 3), ...all(8, 9)], true);

  test('is mended in the order of receipt, between what came before and after', () => {
    const traffic = mended(torn, all(3, 8).toReversed(), at(3).receivedAt, true);
    expect(seqs(traffic.rows)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  test('is mended beneath the view while that stands still', () => {
    const held = arrived(arrived(QUIET, all(1, 3), true), all(8, 9), false);
    const traffic = mended(held, all(4, 7).toReversed(), at(3).receivedAt, false);
    expect(seqs(traffic.rows)).toEqual([3, 2, 1]);
    expect(traffic.waited).toBe(6);
    expect(seqs(caughtUp(traffic).rows)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  test('leaves alone what stood before it, in whatever order that is', () => {
    const imported = arrived(QUIET, [at(2), at(1)], true);
    const traffic = mended(arrived(imported, all(5, 5), true), all(4, 4), at(3).receivedAt, true);
    expect(seqs(traffic.rows)).toEqual([5, 4, 1, 2]);
  });
});
