/** Credentials are never shown: what proves a password, and whole passwords. */
const SECRET = /^((?:proxy-)?authorization[ \t]*:[ \t]*)(\w+)(.*(?:\r?\n[ \t].*)*)/gim;
const PROOF = /((?:^|[\s,])response[ \t]*=[ \t]*"?)([^",\s]+)/gi;

export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** The same bytes with `*` over credentials, so that every view of a message hides them alike. */
export function masked(bytes: Uint8Array): Uint8Array {
  const text = new TextDecoder('latin1').decode(bytes);
  const hide = (secret: string) => secret.replace(/[^\s]/g, '*');
  const hidden = text.replace(SECRET, (_, header: string, scheme: string, rest: string) =>
    /^digest$/i.test(scheme)
      ? header + scheme + rest.replace(PROOF, (_, before: string, proof: string) => before + hide(proof))
      : header + scheme + hide(rest),
  );
  if (hidden === text) return bytes;
  // Only ASCII was replaced, place by place.
  const copy = bytes.slice();
  for (let at = 0; at < hidden.length; at++) if (hidden[at] === '*') copy[at] = 0x2a;
  return copy;
}

/** Text as it is read: what would be invisible or would turn the direction of writing becomes visible. */
export function shown(bytes: Uint8Array): string {
  return new TextDecoder()
    .decode(bytes)
    .replace(/\r\n/g, '\n')
    .replace(/[\0-\x08\x0b-\x1f]/g, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0)))
    .replace(/\x7f/g, '\u2421')
    .replace(
      /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g,
      (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}

const PER_LINE = 12;

/** Lines of `offset  hex  text`. */
export function dump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let offset = 0; offset < bytes.length; offset += PER_LINE) {
    const part = [...bytes.subarray(offset, offset + PER_LINE)];
    const hex = part.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const text = part.map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '·')).join('');
    lines.push(`${offset.toString(16).padStart(4, '0')}  ${hex.padEnd(3 * PER_LINE - 1)}  ${text}`);
  }
  return lines.join('\n');
}
