import { METHODS, NAMES, PHASES, type FilterName } from './filters';

/** Something to take instead of the last word that was typed. */
export interface Suggestion {
  /** `method:`, to go on from, or `method:INVITE`, which is whole. */
  text: string;
  /** What it finds. */
  hint: string;
  whole: boolean;
}

/** More would not be read. */
const MOST = 8;

const HINTS: Record<FilterName, string> = {
  'call-id': 'this Call-ID, whole',
  method: 'what begins with this request',
  from: 'the caller contains it',
  to: 'the callee contains it',
  user: 'caller or callee contain it',
  address: 'went through this IP or IP:port',
  trunk: 'of this configured trunk',
  status: 'answered so: 486, or 4xx',
  phase: 'how far it has come',
  agent: 'seen by this capture agent',
  start: 'from this time on: 14:00',
  end: 'until this time: 14:30',
  text: 'this text is in it',
  damaged: 'what cannot be read whole',
};

const VALUES: Partial<Record<FilterName, readonly string[]>> = {
  method: METHODS,
  phase: PHASES,
  status: ['1xx', '2xx', '3xx', '4xx', '5xx', '6xx', '401', '404', '408', '480', '486', '487', '488', '503', '603'],
  damaged: ['true'],
};

export type Values = Partial<Record<FilterName, readonly string[]>>;

/** What the last word may become: a filter's name, or with a name and a colon, a value of it. */
export function suggestions(typed: string, seen: Values): Suggestion[] {
  const word = lastWord(typed);
  const named = /^([a-z-]+):(.*)$/i.exec(word);
  if (named) return valuesOf((named[1] ?? '').toLowerCase(), named[2] ?? '', seen);
  const start = word.toLowerCase();
  const names = NAMES.filter((name) => name.startsWith(start) || (start === 'host' && name === 'address'));
  const bare = (['method', 'phase'] as const).flatMap((name) =>
    start === '' ? [] : valuesOf(name, word, seen).filter(({ text }) => text.toLowerCase().startsWith(`${name}:${start}`)),
  );
  return [...names.map((name) => ({ text: `${name}:`, hint: HINTS[name], whole: false })), ...bare].slice(0, MOST);
}

function valuesOf(name: string, start: string, seen: Values): Suggestion[] {
  const known = (name === 'host' ? 'address' : name) as FilterName;
  const values = new Set([...(VALUES[known] ?? []), ...(seen[known] ?? [])]);
  const wanted = start.replace(/^"/, '').toLowerCase();
  return [...values]
    .filter((value) => value.toLowerCase().startsWith(wanted) && value.toLowerCase() !== wanted)
    .slice(0, MOST)
    .map((value) => ({ text: `${known}:${quoted(value)}`, hint: '', whole: true }));
}

/** What is typed, with its last word replaced. */
export function taken(typed: string, suggestion: Suggestion): string {
  return typed.slice(0, typed.length - lastWord(typed).length) + suggestion.text;
}

function lastWord(typed: string): string {
  return /(?:[a-z-]+:)?(?:"[^"]*|\S*)$/i.exec(typed)?.[0] ?? '';
}

function quoted(value: string): string {
  return /\s/.test(value) ? `"${value.replaceAll('"', '')}"` : value;
}
