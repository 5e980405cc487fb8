import type { Told } from '../api/events';
import { plain } from '../wire/plain';

/** The kinds of events, in the order of the lists. */
export const KINDS = ['Core', 'Calls', 'Sipscope and scripts'] as const;

export function kindOf(name: string): (typeof KINDS)[number] {
  if (/^E_(CORE|PROFILING)_/.test(name)) return 'Core';
  return name.startsWith('E_DLG_') ? 'Calls' : 'Sipscope and scripts';
}

/** Names by their kinds; kinds without any are left out. */
export function byKind(names: readonly string[]): [string, string[]][] {
  return KINDS.map((kind): [string, string[]] => [kind, names.filter((name) => kindOf(name) === kind)]).filter(
    ([, found]) => found.length > 0,
  );
}

/** An event's parameters with their names, or with their places where they have none. */
export function params({ params }: Told): [string, string][] {
  return Object.entries(params ?? {}).map(([name, value]) => [Array.isArray(params) ? String(Number(name) + 1) : name, text(value)]);
}

export function text(value: unknown): string {
  if (typeof value === 'string') return plain(value);
  return value !== null && typeof value === 'object' ? plain(JSON.stringify(value, null, 2)) : String(value);
}

/** The parameters in a line, as far as a row has room. */
export function summary(told: Told): string {
  const line = params(told)
    .map(([name, value]) => `${name}=${value.replaceAll(/\s+/g, ' ')}`)
    .join('  ');
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

/** No row is wider. */
const LONGEST = 400;

/** Whether each word that was typed is in an event's name, node or parameters. */
export function fits(typed: string, told: Told): boolean {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const line = `${told.name} ${told.node} ${JSON.stringify(told.params)}`.toLowerCase();
  return words.every((word) => line.includes(word));
}

/** What `raise_event` takes: nothing, places, or names as the text of a JSON object. */
export function raised(typed: string): string | string[] | undefined {
  const wanted = typed.trim();
  if (wanted === '') return undefined;
  if (wanted.startsWith('{')) return wanted;
  return wanted.split('\n').map((line) => line.trim());
}

/** Seconds that a subscription has left, or the word for it. */
export function remaining(ttl: number | null, passed: number): number | string {
  if (ttl === null) return 'never';
  return ttl > passed ? ttl - passed : 'expired';
}
