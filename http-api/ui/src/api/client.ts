import type {
  Cluster,
  DialogPage,
  Ladder,
  Legs,
  MessagePage,
  RawMessage,
  ShapeBar,
  Timeline,
  VerdictRule,
} from './types';

/** An answer that is no success: what could not be done, as far as the server said it. */
export class Problem extends Error {
  constructor(
    /** HTTP status; 0 when the server was not reached. */
    readonly status: number,
    title: string,
    readonly detail: string,
    /** The query parameter at fault, where one is. */
    readonly parameter: string | null = null,
    /** What else it said. */
    readonly body: unknown = null,
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

export function timeline(search: string, signal: AbortSignal): Promise<Timeline> {
  return get(`/api/timeline${search}`, signal);
}

/** Who sent what in dialogs, in short; at most 100 of them. */
export async function shapes(keys: string[], signal: AbortSignal): Promise<{ key: string; bars: ShapeBar[] }[]> {
  const answer = await send<{ shapes: { key: string; bars: ShapeBar[] }[] }>('POST', '/api/shapes', { keys }, signal);
  return answer.shapes;
}

/** Every message of dialogs chosen one by one, as a capture file. */
export async function pcapOf(keys: string[], signal: AbortSignal): Promise<Blob> {
  const response = await asked('/api/pcap', signal, { method: 'POST', body: JSON.stringify({ keys }) });
  if (!response.ok) throw problem(response.status, await response.text());
  return response.blob();
}

/** The messages of a dialog from one on, with their bytes. */
export async function messagesFrom(key: string, seq: number, signal: AbortSignal): Promise<RawMessage[]> {
  const answer = await get<{ messages: RawMessage[] }>(
    `${dialogPath(key)}/messages?raw=true&after=${seq - 1}`,
    signal,
  );
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
  return read(await asked(path, signal, { headers: { accept: 'application/json' } }));
}

/** @param body text is sent as it is, all else as JSON */
export async function send<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const plain = typeof body === 'string';
  const headers = { accept: 'application/json', 'content-type': plain ? 'text/plain;charset=utf-8' : 'application/json' };
  return read(await asked(path, signal, body === undefined ? { method } : { method, headers, body: plain ? body : JSON.stringify(body) }));
}

/** What failed, in a sentence or two. */
export function told(failure: unknown): string {
  if (!(failure instanceof Problem)) return String(failure);
  return [failure.message, failure.detail].filter(Boolean).join(': ');
}

async function asked(path: string, signal: AbortSignal | undefined, how: RequestInit): Promise<Response> {
  try {
    return await fetch(path, signal ? { ...how, signal } : how);
  } catch (failure) {
    if (signal?.aborted) throw failure;
    throw new Problem(0, 'The server did not answer', 'It may be stopped or restarting.');
  }
}

async function read<T>(response: Response): Promise<T> {
  const text = await response.text();
  if (!response.ok) throw problem(response.status, text);
  return (text === '' ? null : JSON.parse(text)) as T;
}

/** RFC 9457; anything else that came instead is named by its status. */
export function problem(status: number, body: string): Problem {
  let told: { title?: unknown; detail?: unknown; parameter?: unknown } = {};
  try {
    told = (JSON.parse(body) ?? {}) as typeof told;
  } catch {
    told = {}; // a proxy's page rather than the server's answer
  }
  const title = typeof told.title === 'string' ? told.title : `The server answered ${status}`;
  const parameter = typeof told.parameter === 'string' ? told.parameter : null;
  return new Problem(status, title, typeof told.detail === 'string' ? told.detail : '', parameter, told);
}
