import { moment } from '../wire/time';
import { meant, shown } from '../wire/zone';

/** The filters of a search, by the names that the address bar and the server share. */
export const NAMES = [
  'call-id',
  'method',
  'from',
  'to',
  'user',
  'address',
  'trunk',
  'status',
  'phase',
  'agent',
  'start',
  'end',
  'text',
  'damaged',
] as const;

export type FilterName = (typeof NAMES)[number];

export interface Filter {
  name: FilterName;
  value: string;
}

const KNOWN: ReadonlySet<string> = new Set(NAMES);
/** What people say for a name of ours. */
const ALIASES: Record<string, FilterName> = { host: 'address', ip: 'address', number: 'user', callid: 'call-id' };
/** What an address holds beside filters. */
const OTHERS = new Set('theme selected cursor around window range columns rows m limit'.split(' '));

export const PHASES = ['trying', 'early', 'confirmed', 'terminated', 'failed', 'cancelled', 'expired'];
export const METHODS =
  'INVITE ACK BYE CANCEL OPTIONS REGISTER PRACK SUBSCRIBE NOTIFY PUBLISH INFO REFER MESSAGE UPDATE'.split(' ');

/** The filters in an address, in the order of the address; of two with one name the last counts. */
export function filtersOf(search: string): Filter[] {
  const found = new Map<FilterName, string>();
  for (const [name, value] of new URLSearchParams(search)) {
    if (!KNOWN.has(name) || value.trim() === '') continue;
    found.delete(name as FilterName);
    found.set(name as FilterName, plussed(name, value));
  }
  return [...found].map(([name, value]) => ({ name, value }));
}

/** A plus that its author forgot to encode comes as a blank: before a number, and before a time's zone. */
export function plussed(name: string, value: string): string {
  if (name === 'from' || name === 'to' || name === 'user') return value.replace(/^ (?=\d)/, '+');
  return name === 'start' || name === 'end' || name === 'around' ? value.replace(/ (?=\d\d:\d\d$)/, '+') : value;
}

/** What stands in an address and is neither a filter nor anything else that a page reads: probably a slip. */
export function strangers(search: string): string[] {
  return [...new Set(new URLSearchParams(search).keys())].filter((name) => !KNOWN.has(name) && !OTHERS.has(name));
}

/** A query of filters and what else belongs to it: `?method=INVITE&limit=100`; empty for none. */
export function query(filters: Filter[], rest: Record<string, string | null> = {}): string {
  const search = new URLSearchParams(filters.map(({ name, value }) => [name, value]));
  for (const [name, value] of Object.entries(rest)) if (value) search.set(name, value);
  // A blank as %20: a plus in an address of ours is never a blank.
  const text = search.toString().replaceAll('+', '%20');
  return text === '' ? '' : `?${text}`;
}

/** Adds filters; a name that is already there takes the new value, in its old place. */
export function merged(filters: Filter[], added: Filter[]): Filter[] {
  const found = new Map(filters.map(({ name, value }) => [name, value]));
  for (const { name, value } of added) found.set(name, value);
  return [...found].map(([name, value]) => ({ name, value }));
}

export interface Reading {
  filters: Filter[];
  /** Why something typed is no filter; empty when all is. */
  refused: string;
}

/**
 * Reads what was typed: `name:value` (quotes keep spaces together), or bare words that speak for themselves: a method,
 * a status, a phase, an address. All other words are looked for as text.
 */
export function read(typed: string, now: Date): Reading {
  const filters: Filter[] = [];
  const words: string[] = [];
  let refused = '';
  for (const part of typed.match(/(?:[a-z-]+:)?"[^"]*"|\S+/gi) ?? []) {
    const named = /^([a-z-]+):(.+)$/is.exec(part);
    const typedName = named?.[1]?.toLowerCase() ?? '';
    const name = Object.hasOwn(ALIASES, typedName) ? (ALIASES[typedName] as string) : typedName;
    if (named && KNOWN.has(name)) {
      const value = unquoted(named[2] ?? '');
      const time = name === 'start' || name === 'end' ? timeOf(value, now) : value;
      if (time === null) refused = `${value} is no time (wanted: 14:07, 2026-11-20 14:07 or RFC 3339)`;
      else if (time !== '') filters.push({ name: name as FilterName, value: time });
      continue;
    }
    const plain = bare(part);
    if (plain) filters.push(plain);
    else words.push(unquoted(part));
  }
  if (words.length > 0) filters.push({ name: 'text', value: words.join(' ') });
  return { filters, refused };
}

function bare(word: string): Filter | null {
  if (METHODS.includes(word.toUpperCase())) return { name: 'method', value: word.toUpperCase() };
  if (/^[1-6](\d\d|xx)$/i.test(word)) return { name: 'status', value: word.toLowerCase() };
  if (PHASES.includes(word.toLowerCase())) return { name: 'phase', value: word.toLowerCase() };
  if (word.toLowerCase() === 'damaged') return { name: 'damaged', value: 'true' };
  const ip = /^(\d{1,3}\.){3}\d{1,3}(:\d{1,5})?$/.test(word) || /^\[[0-9a-f:.]+\](:\d{1,5})?$/i.test(word);
  return ip ? { name: 'address', value: word } : null;
}

function unquoted(text: string): string {
  return text.replace(/^"(.*)"$/s, '$1');
}

/** A time as typed, made RFC 3339; times without a zone are the reader's, times without a day today's. */
function timeOf(text: string, now: Date): string | null {
  if (moment(text)) return text;
  const typed = /^(?:(\d{4})-(\d\d)-(\d\d))?[T ]?(?:(\d\d?):(\d\d)(?::(\d\d))?)?$/.exec(text);
  if (!typed || text === '') return null;
  const [, year, month, day, hours = '0', minutes = '0', seconds = '0'] = typed;
  const today = shown(now);
  const [y, m, d] = year ? [Number(year), Number(month) - 1, Number(day)] : [today.year, today.month, today.day];
  const date = meant(y, m, d, Number(hours), Number(minutes), Number(seconds));
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** What a filter's field shows: one token a filter, save the two times, which are one. */
export interface Token {
  label: string;
  value: string;
  names: FilterName[];
}

export function tokens(filters: readonly Filter[], time: (value: string) => string): Token[] {
  const start = filters.find(({ name }) => name === 'start');
  const end = filters.find(({ name }) => name === 'end');
  const both = start && end;
  return filters.flatMap(({ name, value }) => {
    if (both && name === 'end') return [];
    if (both && name === 'start') {
      const names: FilterName[] = ['start', 'end'];
      return [{ label: 'time', value: `${time(value)} – ${time(end.value)}`, names }];
    }
    return [{ label: name, value: name === 'start' || name === 'end' ? time(value) : value, names: [name] }];
  });
}
