/** The class of a message decides its colour. */
export type Tone =
  | 'request'
  | 'register'
  | 'other'
  | 'provisional'
  | 'success'
  | 'redirect'
  | 'client-error'
  | 'server-error';

interface Named {
  method: string | null;
  status: number | null;
  reason: string | null;
}

/** Requests that make and end a call share the accent. */
const CALL = new Set(['INVITE', 'ACK', 'BYE', 'CANCEL', 'PRACK', 'UPDATE']);

export function tone(message: Named): Tone {
  if (message.status !== null) return statusTone(message.status);
  const method = (message.method ?? '').toUpperCase();
  if (method === 'REGISTER') return 'register';
  return CALL.has(method) ? 'request' : 'other';
}

export function statusTone(status: number): Tone {
  if (status < 200) return 'provisional';
  if (status < 300) return 'success';
  if (status < 400) return 'redirect';
  return status < 500 ? 'client-error' : 'server-error';
}

/** `INVITE`, `200 OK`. */
export function name(message: Named): string {
  if (message.status === null) return message.method ?? 'No method';
  return message.reason ? `${message.status} ${message.reason}` : String(message.status);
}

/** The host of `ip:port` or `[ipv6]:port`. */
export function host(endpoint: string): string {
  const bracketed = /^\[([^\]]*)\]/.exec(endpoint);
  if (bracketed) return bracketed[1] ?? '';
  const colon = endpoint.lastIndexOf(':');
  return colon < 0 || endpoint.indexOf(':') !== colon ? endpoint : endpoint.slice(0, colon);
}

/** Not reachable from the outside: RFC 1918, RFC 4193, link-local. */
export function isPrivate(address: string): boolean {
  const ip = host(address).toLowerCase();
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/.test(ip);
}
