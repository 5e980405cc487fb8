import type { History, Kind, Series } from '../api/statistics';

/** What a chart draws: moments, and a value or none of each line at each of them. */
export interface Lines {
  /** Seconds since the epoch, rising. */
  at: number[];
  lines: Line[];
}

export interface Line {
  name: string;
  /** What its values count: `messages/s` for what is drawn as a rate. */
  unit: string;
  values: (number | null)[];
}

/** A rate is told over a hole of at most so many steps: beyond, nobody knows how it went. */
const HOLE = 3;

/** Counters become rates, as their height says how long ago they began; other kinds are drawn as they are. */
export function lines(history: History, kindOf: (name: string) => Kind): Lines {
  const step = history.step / 1000;
  const first = Math.floor(Date.parse(history.start) / 1000 / step) * step;
  const last = Date.parse(history.end) / 1000;
  const at: number[] = [];
  for (let time = first; time <= last; time += step) at.push(time);
  return { at, lines: history.series.map((series) => line(series, kindOf(series.name), at, step)) };
}

function line(series: Series, kind: Kind, at: number[], step: number): Line {
  const known = new Map(series.points.map(({ time, value }) => [Math.round(Date.parse(time) / 1000 / step), value]));
  const values = at.map((time) => known.get(Math.round(time / step)) ?? null);
  return kind === 'counter'
    ? { name: series.name, unit: `${series.unit || 'events'}/s`, values: rates(values, step) }
    : { name: series.name, unit: series.unit, values };
}

/** How fast a counter went up, a second. Where it was reset it went down, and there is none. */
export function rates(values: (number | null)[], step: number): (number | null)[] {
  let before: { value: number; index: number } | null = null;
  return values.map((value, index) => {
    if (value === null) return null;
    const from = before;
    before = { value, index };
    if (from === null || index - from.index > HOLE || value < from.value) return null;
    return (value - from.value) / ((index - from.index) * step);
  });
}

/** The last value that is there. */
export function latest(values: (number | null)[]): number | null {
  return values.findLast((value) => value !== null) ?? null;
}

/** Moves a chart's lines by some days, to lie over those of another time; names tell them apart. */
export function moved(of: Lines, onto: number[]): Line[] {
  return of.lines.map(({ name, unit, values }) => ({
    name: `${name}, a day before`,
    unit,
    values: onto.map((_, index) => values[index] ?? null),
  }));
}

/** Means of neighbours, at most so many: more points than that make a small line a band. */
export function thinned(values: (number | null)[], most: number): (number | null)[] {
  const size = Math.ceil(values.length / most);
  return Array.from({ length: Math.ceil(values.length / size) || 0 }, (_, index) => {
    const seen = values.slice(index * size, (index + 1) * size).filter((value) => value !== null);
    return seen.length === 0 ? null : seen.reduce((sum, value) => sum + value, 0) / seen.length;
  });
}

/**
 * The path of a small line without axes, from left to right; empty for fewer than two values.
 * `within`: what else has to lie in its height.
 */
export function spark(values: (number | null)[], width: number, height: number, within: number[] = []): string {
  const seen = values.filter((value) => value !== null);
  if (seen.length < 2) return '';
  const most = Math.max(...seen, ...within);
  const least = Math.min(...seen, ...within);
  const span = most - least || 1;
  let pen = 'M';
  return values
    .map((value, index) => {
      if (value === null) {
        pen = 'M';
        return '';
      }
      const x = (index / (values.length - 1)) * width;
      const y = height - 1 - ((value - least) / span) * (height - 2);
      const point = `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
      pen = 'L';
      return point;
    })
    .join('');
}
