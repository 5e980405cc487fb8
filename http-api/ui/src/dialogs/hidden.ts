import { timeline } from '../api/client';
import { query, type Filter } from '../filter/filters';
import { grouped } from '../wire/count';

/** What filters hide: how many dialogs in all, and how many come back without one of them; null for not counted. */
export interface Hidden {
  all: number | null;
  without: { filter: Filter; found: number | null }[];
}

const EVER = '1980-01-01T00:00:00Z';

/** Asks the server how much each filter hides. */
export async function hidden(filters: readonly Filter[], signal: AbortSignal): Promise<Hidden> {
  const [all, ...found] = await Promise.all([
    count([], signal),
    ...filters.map((filter) => count(filters.filter((other) => other !== filter), signal)),
  ]);
  return { all: all ?? null, without: filters.map((filter, index) => ({ filter, found: found[index] ?? null })) };
}

/** Times bound the count itself. */
async function count(filters: readonly Filter[], signal: AbortSignal): Promise<number | null> {
  const bounds = { buckets: '1', ...(filters.some(({ name }) => name === 'start') ? {} : { start: EVER }) };
  const { buckets } = await timeline(query([...filters], bounds), signal);
  return buckets[0]?.dialogs ?? null;
}

/** The filter that hides most: without it the most come back; null where that is none of them alone. */
export function worst({ without }: Hidden): Filter | null {
  const ranked = without
    .filter(({ found }) => found !== null && found > 0)
    .toSorted((a, b) => (b.found ?? 0) - (a.found ?? 0));
  return ranked[0]?.filter ?? null;
}

/** `48,213 dialogs are hidden. The trunk filter hides most of them.` */
export function sentence(told: Hidden | null): string {
  if (told === null || told.all === null || told.all === 0) return 'Filters add up: each one has to hold.';
  const many = told.all === 1 ? '1 dialog is hidden.' : `${grouped(told.all)} dialogs are hidden.`;
  const most = worst(told);
  if (told.without.length === 1) return `${many} The ${told.without[0]?.filter.name} filter hides ${told.all === 1 ? 'it' : 'them all'}.`;
  if (most === null) return `${many} No filter alone hides them: each one has to hold.`;
  return `${many} The ${most.name} filter hides most of them.`;
}
