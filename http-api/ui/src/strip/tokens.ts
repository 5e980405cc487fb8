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
  const time = Date.parse(filters.find((filter) => filter.name === name)?.value ?? '');
  return Number.isNaN(time) ? null : time;
}
