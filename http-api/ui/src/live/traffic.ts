import type { Message } from '../api/types';

/** More rows are not kept: the search has them. As many as the server remembers for who comes back. */
export const MAX_ROWS = 20_000;

/** What the live table holds, newest first. */
export interface Traffic<Row = Message> {
  rows: readonly Row[];
  /** Arrived while the view stood still. */
  waiting: readonly Row[];
  /** How many arrived meanwhile; more than `waiting` holds once that is full. */
  waited: number;
}

export const QUIET: Traffic<never> = { rows: [], waiting: [], waited: 0 };

/** Takes messages in, oldest first as they came; a view that does not follow keeps its rows still. */
export function arrived<Row>(traffic: Traffic<Row>, batch: readonly Row[], following: boolean): Traffic<Row> {
  if (batch.length === 0) return traffic;
  const newest = batch.toReversed();
  return following
    ? { ...traffic, rows: bounded(newest, traffic.rows) }
    : { ...traffic, waiting: bounded(newest, traffic.waiting), waited: traffic.waited + batch.length };
}

/** Shows what waited. */
export function caughtUp<Row>(traffic: Traffic<Row>): Traffic<Row> {
  return { rows: bounded(traffic.waiting, traffic.rows), waiting: [], waited: 0 };
}

/** Of messages read back, those that are not there yet, as they were given. */
export function missing(traffic: Traffic, readBack: readonly Message[]): Message[] {
  const known = new Set([...traffic.rows, ...traffic.waiting].map(identity));
  return readBack.filter((message) => !known.has(identity(message)));
}

/** Puts what was stored before anything here, newest first, beneath it. */
export function below(traffic: Traffic, older: readonly Message[]): Traffic {
  return { ...traffic, rows: bounded(traffic.rows, missing(traffic, older)) };
}

/**
 * Puts what was read back after a gap where it belongs: after what was stored before the gap and before what came since.
 * `since` is when the last message before the gap was received; messages are newest first.
 */
export function mended(traffic: Traffic, readBack: readonly Message[], since: string, following: boolean): Traffic {
  const found = missing(traffic, readBack).toSorted(byReceipt);
  const into = (rows: readonly Message[]) => {
    const before = rows.findIndex((row) => row.receivedAt <= since);
    const recent = before < 0 ? rows : rows.slice(0, before);
    return bounded([...recent, ...found].toSorted(byReceipt), before < 0 ? [] : rows.slice(before));
  };
  return following
    ? { ...traffic, rows: into(traffic.rows) }
    : { ...traffic, waiting: into(traffic.waiting), waited: traffic.waited + found.length };
}

/** The same on every node, and after every restart. */
export function identity(message: Message): string {
  return `${message.seq}/${message.key}`;
}

/** Newest first. The server writes all times alike, so that they sort as text. */
function byReceipt(a: Message, b: Message): number {
  if (a.receivedAt !== b.receivedAt) return a.receivedAt < b.receivedAt ? 1 : -1;
  return a.key === b.key ? b.seq - a.seq : 0;
}

function bounded<Row>(newest: readonly Row[], older: readonly Row[]): Row[] {
  return [...newest.slice(0, MAX_ROWS), ...older.slice(0, Math.max(0, MAX_ROWS - newest.length))];
}
