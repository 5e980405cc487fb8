import type { MiCall } from '../app/mi';

/** What a page of statistics shows, all of it in its address. */
export interface Asked {
  range: Range;
  /** What is drawn: `group:name` each. */
  names: string[];
  /** One node's values; null for all nodes together. */
  node: string | null;
  find: string;
  compare: boolean;
}

export const RANGES = { '1h': 3_600, '6h': 21_600, '24h': 86_400, '7d': 604_800, '30d': 2_592_000 } as const;

export type Range = keyof typeof RANGES;

/** More lines than this are told apart by nobody. */
export const MOST_LINES = 6;

const FIRST = ['core:rcv_requests', 'core:rcv_replies'];

export function asked(search: string): Asked {
  const params = new URLSearchParams(search);
  const range = params.get('range') ?? '';
  const names = params.get('names');
  return {
    range: Object.hasOwn(RANGES, range) ? (range as Range) : '1h',
    names: names === null ? FIRST : [...new Set(names.split(',').filter((name) => name.trim() !== ''))].slice(0, MOST_LINES),
    node: params.get('node') || null,
    find: params.get('find') ?? '',
    compare: params.get('compare') === 'day',
  };
}

export function link(to: Asked): string {
  const params = new URLSearchParams();
  if (to.range !== '1h') params.set('range', to.range);
  if (to.names.join() !== FIRST.join()) params.set('names', to.names.join());
  if (to.node) params.set('node', to.node);
  if (to.find) params.set('find', to.find);
  if (to.compare) params.set('compare', 'day');
  const text = params.toString();
  return `/statistics${text === '' ? '' : `?${text}`}`;
}

/** With a line more, or without it. At the most, the oldest makes room. */
export function toggled(names: string[], name: string): string[] {
  return names.includes(name) ? names.filter((other) => other !== name) : [...names, name].slice(-MOST_LINES);
}

/** Whether a statistic is what was typed: every word is somewhere in its name or meaning. */
export function fits(typed: string, { name, meaning }: { name: string; meaning: string }): boolean {
  const text = `${name} ${meaning}`.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Whether one of the names that are recorded means this statistic: `all`, `group:`, `name` or `group:name`. */
export function isRecorded(names: string[], name: string): boolean {
  const full = name.toLowerCase();
  const colon = full.indexOf(':');
  return names.some((chosen) => {
    const wanted = chosen.toLowerCase();
    return wanted === 'all' || wanted === full || wanted === full.slice(0, colon + 1) || wanted === full.slice(colon + 1);
  });
}

/**
 * The recorded names with a statistic more, or without it. Where a whole group is named and one of it is to go, the
 * others of the group take the group's place.
 */
export function rerecorded(names: string[], name: string, known: string[]): string[] {
  if (!isRecorded(names, name)) return [...names, name];
  return names
    .flatMap((chosen) => (isRecorded([chosen], name) ? known.filter((other) => isRecorded([chosen], other)) : [chosen]))
    .filter((chosen, index, all) => chosen !== name && all.indexOf(chosen) === index);
}

/**
 * The management command that resets statistics, and no others: it knows them by their bare names, and takes the first
 * of a name that several groups have. Null where it would take another one.
 */
export function resetCall(names: string[], all: { name: string; resettable: boolean }[]): MiCall | null {
  const counters = all.filter(({ resettable }) => resettable);
  if (names.length > 1 && counters.every(({ name }) => names.includes(name))) {
    return { method: 'reset_all_statistics', params: {} };
  }
  const first = new Map<string, string>();
  for (const { name } of all) if (!first.has(bare(name).toLowerCase())) first.set(bare(name).toLowerCase(), name);
  return names.every((name) => first.get(bare(name).toLowerCase()) === name)
    ? { method: 'reset_statistics', params: { statistics: names.map(bare) } }
    : null;
}

function bare(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
