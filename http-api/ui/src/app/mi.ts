import { problem, Problem } from '../api/client';

/** A management command, as JSON-RPC carries it. */
export interface MiCall {
  method: string;
  params: Record<string, MiValue>;
}

export type MiValue = string | number | string[];

/** Runs a management command; what it refuses is a [Problem] with the code of MI. */
export async function mi<T>(call: MiCall, signal?: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch('/mi', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request(call)),
      ...(signal ? { signal } : {}),
    });
  } catch (failure) {
    if (signal?.aborted) throw failure;
    throw new Problem(0, 'The server did not answer', 'It may be stopped or restarting.');
  }
  const text = await response.text();
  const answer = parsed(text);
  if (answer?.error) throw new Problem(answer.error.code, answer.error.message, String(answer.error.data ?? ''));
  if (!response.ok || !answer) throw problem(response.status, text);
  return answer.result as T;
}

interface Answer {
  result?: unknown;
  error?: { code: number; message: string; data?: unknown };
}

function parsed(text: string): Answer | null {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return null; // a proxy's page rather than the server's answer
  }
}

function request({ method, params }: MiCall) {
  return { jsonrpc: '2.0', id: 1, method, ...(Object.keys(params).length > 0 ? { params } : {}) };
}

/** The same by `curl`, as it is shown. */
export function asCurl(call: MiCall, origin: string): string {
  const json = JSON.stringify(request(call), null, 2).replaceAll("'", "'\\''");
  return `curl -s ${origin}/mi \\\n  -H 'Content-Type: application/json' \\\n  -d '${json}'`;
}

/** The same by the launcher. */
export function asCommand({ method, params }: MiCall): string {
  const words = Object.entries(params).map(([name, value]) =>
    quoted(`${name}=${Array.isArray(value) ? value.join(' ') : value}`),
  );
  return ['ops/sipscope mi', method, ...words].join(' ');
}

/** A word of a shell; nothing in it means anything to the shell. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
