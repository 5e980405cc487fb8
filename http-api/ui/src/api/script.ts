import { get, send } from './client';

export interface Complaint {
  file: string;
  /** From 1; 0 when it is about the file itself. */
  line: number;
  /** From 1. */
  column: number;
  endColumn: number;
  message: string;
  severity: 'error' | 'warning';
}

export interface Failure {
  file?: string;
  line: number;
  column: number;
  message: string;
  count: number;
  lastAt?: string;
}

/** What runs on the node that answers. */
export interface Script {
  /** Null where the node has none. */
  file: string | null;
  loadedAt: string | null;
  text: string;
  node: string;
  profiling: boolean;
  /** By the number of a line. */
  hits: Record<string, number>;
  failures: Failure[];
  warnings: Complaint[];
}

export interface Reload {
  swapped: boolean;
  nodes: { node: string; accepted: boolean; complaints: Complaint[] }[];
}

/** What a script would have done with dialogs that are stored. */
export interface Outcome {
  dialogs: number;
  messages: number;
  traced: { traceId: string; scope: string; dialogs: number; messages: number }[];
  statistics: Record<string, number>;
  events: Record<string, number>;
  relayed: Record<string, number>;
  requests: Record<string, number>;
  dropped: number;
  log: { level: string; line: string; count: number }[];
  failures: Failure[];
  hits: Record<string, number>;
  complete: boolean;
  warnings: Complaint[];
}

export function script(signal: AbortSignal): Promise<Script> {
  return get('/api/script', signal);
}

export async function check(text: string, signal: AbortSignal): Promise<Complaint[]> {
  return (await send<{ complaints: Complaint[] }>('POST', '/api/script/check', text, signal)).complaints;
}

export function reload(): Promise<Reload> {
  return send('POST', '/api/script/reload');
}

export function profile(on: boolean): Promise<void> {
  return send('POST', '/api/script/profiling', { on });
}

/** @param search of the dialogs it runs over */
export function backTest(text: string, search: string, signal: AbortSignal): Promise<Outcome> {
  return send('POST', `/api/script/run${search}`, text, signal);
}
