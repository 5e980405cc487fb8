/** Short names of headers, by the registry of IANA (RFC 3261 §7.3.3 and later). */
const COMPACT: Record<string, string> = {
  a: 'Accept-Contact',
  b: 'Referred-By',
  c: 'Content-Type',
  d: 'Request-Disposition',
  e: 'Content-Encoding',
  f: 'From',
  i: 'Call-ID',
  j: 'Reject-Contact',
  k: 'Supported',
  l: 'Content-Length',
  m: 'Contact',
  n: 'Identity-Info',
  o: 'Event',
  r: 'Refer-To',
  s: 'Subject',
  t: 'To',
  u: 'Allow-Events',
  v: 'Via',
  x: 'Session-Expires',
  y: 'Identity',
};

/** The whole name where a short one is meant; any other as it is. */
export function wholeName(name: string): string {
  const short = name.toLowerCase();
  return Object.hasOwn(COMPACT, short) ? (COMPACT[short] ?? name) : name;
}

/** Names are the same whatever their case and length. */
export function sameName(name: string): string {
  return wholeName(name).toLowerCase();
}
