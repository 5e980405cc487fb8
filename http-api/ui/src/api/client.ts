import type { Cluster, DialogPage, Ladder, Legs, MessagePage, RawMessage, VerdictRule } from './types';

/** An answer that is no success: what could not be done, as far as the server said it. */
export class Problem extends Error {
  constructor(
    /** HTTP status; 0 when the server was not reached. */
    readonly status: number,
    title: string,
    readonly detail: string,
  ) {
    super(title);
  }
}

export function dialogs(search: string, signal: AbortSignal): Promise<DialogPage> {
  return get(`/api/dialogs${search}`, signal);
}

export function messages(search: string, signal: AbortSignal): Promise<MessagePage> {
  return get(`/api/messages${search}`, signal);
}

/** @param at as it was known then; null: now
 *  @param legs keys of other dialogs to draw with it */
export function ladder(key: string, at: string | null, legs: string[], signal: AbortSignal): Promise<Ladder> {
  const asked = new URLSearchParams(legs.map((leg) => ['with', leg]));
  if (at !== null) asked.set('at', at);
  return get(`${dialogPath(key)}/ladder${asked.size > 0 ? `?${asked}` : ''}`, signal);
}

/** The other legs of a dialog's call; null where the server knows of none, or does not look for them. */
export async function legs(key: string, signal: AbortSignal): Promise<Legs | null> {
  try {
    const answer = await get<Legs>(`${dialogPath(key)}/legs`, signal);
    return answer.legs.length > 1 ? answer : null;
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 404) return null;
    throw problem;
  }
}

export async function verdictRules(signal: AbortSignal): Promise<VerdictRule[]> {
  return (await get<{ rules: VerdictRule[] }>('/api/verdict/rules', signal)).rules;
}

export async function rawMessages(key: string, signal: AbortSignal): Promise<RawMessage[]> {
  const answer = await get<{ messages: RawMessage[] }>(`${dialogPath(key)}/messages?raw=true`, signal);
  return answer.messages;
}

export function cluster(signal: AbortSignal): Promise<Cluster> {
  return get('/api/cluster', signal);
}

/** Why the server takes no traffic, one sentence or two; empty when it does, or was not reached. */
export async function unready(signal: AbortSignal): Promise<string> {
  try {
    const response = await fetch('/ready', { signal });
    return response.status === 503 ? (await response.text()).trim() : '';
  } catch {
    return ''; // that it is not reached is shown where the node is
  }
}

/** Where the server keeps a dialog; a Call-ID may hold any printable character. */
export function dialogPath(key: string): string {
  return `/api/dialogs/${encodeURIComponent(key)}`;
}

export async function get<T>(path: string, signal: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, { signal, headers: { accept: 'application/json' } });
  } catch (failure) {
    if (signal.aborted) throw failure;
    throw new Problem(0, 'The server did not answer', 'It may be stopped or restarting.');
  }
  const text = await response.text();
  if (!response.ok) throw problem(response.status, text);
  return JSON.parse(text) as T;
}

/** RFC 9457; anything else that came instead is named by its status. */
export function problem(status: number, body: string): Problem {
  let told: { title?: unknown; detail?: unknown } = {};
  try {
    told = (JSON.parse(body) ?? {}) as typeof told;
  } catch {
    told = {}; // a proxy's page rather than the server's answer
  }
  const title = typeof told.title === 'string' ? told.title : `The server answered ${status}`;
  return new Problem(status, title, typeof told.detail === 'string' ? told.detail : '');
}
