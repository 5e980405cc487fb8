import { merged, type Filter } from '../filter/filters';
import type { Chosen } from './strip';

/** What of the time the filters choose; milliseconds since the epoch, null where they leave it open. */
export function chosenIn(filters: readonly Filter[]): Chosen {
  return { start: timeOf(filters, 'start'), end: timeOf(filters, 'end') };
}

/** The filters with another time; the rest as it was. */
export function between(filters: Filter[], { start, end }: Chosen): Filter[] {
  const others = filters.filter(({ name }) => name !== 'start' && name !== 'end');
  const times: Filter[] = [];
  if (start !== null) times.push({ name: 'start', value: new Date(start).toISOString() });
  if (end !== null) times.push({ name: 'end', value: new Date(end).toISOString() });
  return merged(others, times);
}

function timeOf(filters: readonly Filter[], name: 'start' | 'end'): number | null {
  return millisOf(filters.find((filter) => filter.name === name)?.value ?? '');
}

/** A time as the server takes it: RFC 3339, or a number since 1970 whose digits tell its unit; null for neither. */
export function millisOf(text: string): number | null {
  const [, seconds, fraction] = /^(\d{10})(?:\.(\d{1,9}))?$/.exec(text) ?? [];
  const since = /^(\d{13})(?:\d{3}){0,2}$/.exec(text)?.[1];
  const date = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
  const time = seconds ? Number(`${seconds}.${fraction ?? 0}`) * 1000 : since ? Number(since) : date;
  return Number.isNaN(time) ? null : time;
}
