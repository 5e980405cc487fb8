import { shown } from './zone';

/** A moment of the wire: whole seconds since the epoch and the nanoseconds beyond. */
export interface Moment {
  seconds: number;
  nanos: number;
}

/** Reads RFC 3339 with up to nine fractional digits; null when it is no such text. */
export function moment(text: string): Moment | null {
  const parts = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/.exec(text);
  if (!parts) return null;
  const millis = Date.parse(`${parts[1]}${parts[3]}`);
  if (Number.isNaN(millis)) return null;
  return { seconds: millis / 1000, nanos: Number((parts[2] ?? '').padEnd(9, '0')) };
}

/** Milliseconds from one time to another, exact to the microsecond; 0 when either is unreadable. */
export function between(from: string, to: string): number {
  const a = moment(from);
  const b = moment(to);
  return a && b ? (b.seconds - a.seconds) * 1000 + (b.nanos - a.nanos) / 1e6 : 0;
}

/** `14:07:31`, in the zone the reader chose. */
export function clock(time: string): string {
  const read = moment(time);
  if (!read) return time;
  const { hours, minutes, seconds } = shown(new Date(read.seconds * 1000));
  return [hours, minutes, seconds].map(two).join(':');
}

/** `14:07:31.887` */
export function clockMillis(time: string): string {
  const read = moment(time);
  return read ? `${clock(time)}.${String(Math.floor(read.nanos / 1e6)).padStart(3, '0')}` : time;
}

/** The clock alone today, with its day before it on other days, with its year in other years. */
export function started(time: string, now: Date): string {
  const read = moment(time);
  if (!read) return time;
  const date = shown(new Date(read.seconds * 1000));
  const today = shown(now);
  if (date.day === today.day && date.month === today.month && date.year === today.year) return clock(time);
  const year = date.year === today.year ? '' : ` ${date.year}`;
  return `${date.day} ${MONTHS[date.month]}${year} ${clock(time)}`;
}

/** `1.21 s` for a wait; em dash for none. */
export function wait(millis: number | null): string {
  if (millis === null) return '—';
  if (millis < 1) return '< 1 ms';
  return millis < 100 ? `${Math.round(millis)} ms` : `${(millis / 1000).toFixed(2)} s`;
}

/** `0:32`, `1:02:11` for a call's length; em dash for none. */
export function length(millis: number | null): string {
  if (millis === null) return '—';
  const seconds = Math.round(millis / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return hours > 0
    ? `${hours}:${two(minutes % 60)}:${two(seconds % 60)}`
    : `${minutes}:${two(seconds % 60)}`;
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

function two(value: number): string {
  return String(value).padStart(2, '0');
}
