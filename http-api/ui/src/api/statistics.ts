import { get, send } from './client';

/** `counter` counts up until it is reset; `gauge` comes and goes; `computed` is worked out when it is read. */
export type Kind = 'counter' | 'gauge' | 'computed';

export interface Statistic {
  /** `group:name` */
  name: string;
  group: string;
  value: number;
  kind: Kind;
  resettable: boolean;
  unit: string;
  /** How the values of several nodes come to one: `sum`, `lasting`, `max`, `average`, `local`. */
  across: string;
  meaning: string;
}

export interface Statistics {
  statistics: Statistic[];
  nodes: number;
  node: string | null;
  unknown: string[];
}

export interface Series {
  name: string;
  unit: string;
  meaning: string;
  points: { time: string; value: number }[];
}

export interface History {
  start: string;
  end: string;
  /** Milliseconds. */
  step: number;
  series: Series[];
}

/** What is recorded, of all that can be. */
export interface Recorded {
  /** `all`, `group:`, `name` or `group:name` each. */
  names: string[];
  /** What the configuration says. */
  configured: string[];
  intervalMs: number;
  keepMs: number;
}

export function statistics(search: string, signal: AbortSignal): Promise<Statistics> {
  return get(`/api/statistics${search}`, signal);
}

export function history(search: string, signal: AbortSignal): Promise<History> {
  return get(`/api/statistics/history${search}`, signal);
}

export function recorded(signal: AbortSignal): Promise<Recorded> {
  return get('/api/statistics/recorded', signal);
}

/** Lets counters begin at 0 again, by their full names. */
export function resetByName(names: string[]): Promise<void> {
  return send('POST', `/api/statistics/reset?${new URLSearchParams({ names: names.join() })}`);
}

/** Chooses what is recorded from now on, on whichever node. */
export function record(names: string[]): Promise<Recorded> {
  return send('PUT', '/api/statistics/recorded', { names });
}
