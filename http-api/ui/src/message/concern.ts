import { sameName } from './names';
import type { Parts } from './sip';

/** What of a message is spoken of: indexes of its headers, and of the lines of its body. */
export interface Concern {
  headers: ReadonlySet<number>;
  lines: ReadonlySet<number>;
}

export const NO_CONCERN: Concern = { headers: new Set(), lines: new Set() };

/** A header's name as sentences write it: `To` is one, `to` is a word. */
const NAMED = /\b[A-Z][A-Za-z]*(?:-[A-Za-z]+)*\b/g;
const ADDRESS = /\b\d{1,3}(?:\.\d{1,3}){3}\b|[0-9a-f]*:[0-9a-f:]+[0-9a-f]/gi;
const MEDIA = /\bSDP\b|\bmedia\b|\baudio\b/i;

/** What the notes of a verdict on a message speak of. */
export function concern(notes: string[], read: Parts): Concern {
  const named = new Set(notes.flatMap((note) => (note.match(NAMED) ?? []).map(sameName)));
  const addresses = notes.filter((note) => MEDIA.test(note)).flatMap((note) => note.match(ADDRESS) ?? []);
  return {
    headers: places(read.headers, ({ name }) => name !== '' && named.has(sameName(name))),
    lines: places(read.body.split('\n'), (line) => addresses.some((address) => line.split(/\s/).includes(address))),
  };
}

function places<T>(all: T[], wanted: (one: T) => boolean): ReadonlySet<number> {
  return new Set(all.flatMap((one, index) => (wanted(one) ? [index] : [])));
}
