import type { Message } from '../api/types';

/** More rows are not kept: the search has them. */
export const MAX_ROWS = 5_000;

/** What the live table holds, newest first. */
export interface Traffic {
  rows: readonly Message[];
  /** Arrived while the view stood still. */
  waiting: readonly Message[];
  /** How many arrived meanwhile; more than `waiting` holds once that is full. */
  waited: number;
}

export const QUIET: Traffic = { rows: [], waiting: [], waited: 0 };

/** Takes messages in, oldest first as they came; a view that does not follow keeps its rows still. */
export function arrived(traffic: Traffic, batch: readonly Message[], following: boolean): Traffic {
  if (batch.length === 0) return traffic;
  const newest = batch.toReversed();
  return following
    ? { ...traffic, rows: bounded(newest, traffic.rows) }
    : { ...traffic, waiting: bounded(newest, traffic.waiting), waited: traffic.waited + batch.length };
}

/** Shows what waited. */
export function caughtUp(traffic: Traffic): Traffic {
  return { rows: bounded(traffic.waiting, traffic.rows), waiting: [], waited: 0 };
}

/** Of messages read back after a gap, those that are not there yet, oldest first. */
export function missing(traffic: Traffic, readBack: readonly Message[]): Message[] {
  const known = new Set([...traffic.rows, ...traffic.waiting].map(identity));
  return readBack.filter((message) => !known.has(identity(message))).toReversed();
}

/** The same on every node, and after every restart. */
export function identity(message: Message): string {
  return `${message.seq}/${message.key}`;
}

function bounded(newest: readonly Message[], older: readonly Message[]): Message[] {
  return [...newest.slice(0, MAX_ROWS), ...older.slice(0, Math.max(0, MAX_ROWS - newest.length))];
}
