import { align, type Pair } from './align';
import { sameName, wholeName } from './names';
import type { Parts } from './sip';

/** A part of a line, and whether the other message has it too. */
export interface Piece {
  text: string;
  differs: boolean;
}

/** A line of one message beside its counterpart in the other; null where there is none. */
export interface DiffRow {
  part: 'start' | 'header' | 'body';
  /** The header's whole name; empty for lines that are no header. */
  name: string;
  left: Piece[] | null;
  right: Piece[] | null;
  same: boolean;
}

interface Header {
  name: string;
  value: string;
}

/** Headers whose values are lists, in which order says nothing. */
const LISTS = new Set(['allow', 'supported', 'require', 'proxy-require', 'unsupported', 'accept', 'allow-events']);
const CREDENTIALS = /^(www-authenticate|proxy-authenticate|authorization|proxy-authorization|authentication-info)$/;

/** Two messages side by side: start lines, headers by name and order, lines of the bodies. */
export function compare(left: Parts, right: Parts): DiffRow[] {
  return [
    row('start', '', left.start, right.start, / /),
    ...headerRows(left.headers, right.headers),
    ...align(lines(left.body), lines(right.body), (a, b) => a === b).map(([a, b]) => row('body', '', a, b, null)),
  ];
}

function headerRows(left: Header[], right: Header[]): DiffRow[] {
  return names(left, right).flatMap((name) => {
    const of = (headers: Header[]) => headers.filter((header) => sameName(header.name) === name);
    const pairs: Pair<Header>[] = align(of(left), of(right), (a, b) => a.value === b.value);
    return pairs.map(([a, b]) =>
      row('header', wholeName((a ?? b)?.name ?? ''), a?.value ?? null, b?.value ?? null, separator(name)),
    );
  });
}

/** Each once, in the order of the left message; those of the right alone come after what they follow there. */
function names(left: Header[], right: Header[]): string[] {
  const all = [...new Set(left.map((header) => sameName(header.name)))];
  let before = -1;
  for (const header of right) {
    const name = sameName(header.name);
    const at = all.indexOf(name);
    if (at < 0) all.splice(++before, 0, name);
    else before = at;
  }
  return all;
}

/** What parts a value into what is compared by itself: parameters, members of a list. */
function separator(name: string): RegExp {
  return LISTS.has(name) || CREDENTIALS.test(name) ? /,/ : /;/;
}

function row(part: DiffRow['part'], name: string, left: string | null, right: string | null, by: RegExp | null): DiffRow {
  const same = left === right;
  return { part, name, left: pieces(left, right, by), right: pieces(right, left, by), same };
}

/** The pieces of one side, told what the other side has. */
function pieces(text: string | null, other: string | null, by: RegExp | null): Piece[] | null {
  if (text === null) return null;
  if (text === other) return [{ text, differs: false }];
  if (other === null || by === null) return [{ text, differs: true }];
  const there = new Set(split(other, by).map(bare));
  return split(text, by).map((piece) => ({ text: piece, differs: !there.has(bare(piece)) }));
}

/** The parts with the marks between them at their beginnings: together they are the text again. Quotes hold together. */
function split(text: string, by: RegExp): string[] {
  const parts: string[] = [];
  let from = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const mark = text[at] ?? '';
    if (mark === '"' && text[at - 1] !== '\\') quoted = !quoted;
    else if (!quoted && by.test(mark)) {
      parts.push(text.slice(from, at));
      from = at;
    }
  }
  return [...parts, text.slice(from)];
}

function bare(piece: string): string {
  return piece.replace(/^[;,\s]+/, '').trimEnd();
}

function lines(body: string): string[] {
  return body === '' ? [] : body.replace(/\n$/, '').split('\n');
}
