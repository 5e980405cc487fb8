/** The geometry of the time strip: times are milliseconds since the epoch, places are pixels. */

export interface Extent {
  start: number;
  end: number;
}

/** What of it is chosen; null where it is open on that side. */
export interface Chosen {
  start: number | null;
  end: number | null;
}

export const RANGES = { '5m': 300_000, '15m': 900_000, '1h': 3_600_000, '24h': 86_400_000 } as const;
export type RangeName = keyof typeof RANGES;
export const RANGE_NAMES = Object.keys(RANGES) as RangeName[];
export const DEFAULT_RANGE: RangeName = '15m';

/** As many bars as can be told apart on a screen of usual width. */
export const BUCKETS = 120;
export const HEIGHT = 44;
/** A pointer that moved less has clicked. */
export const DRAG = 4;

export function rangeOf(text: string | null): RangeName {
  return text !== null && Object.hasOwn(RANGES, text) ? (text as RangeName) : DEFAULT_RANGE;
}

/**
 * What the strip shows: so much time until a moment, or, where what is chosen does not lie in that, the chosen time and
 * a quarter of it on both sides. Bars stand still while time goes by: the edges lie on whole steps.
 */
export function extentOf(millis: number, until: number, chosen: Chosen): Extent {
  const usual = aligned(until - millis, until);
  const start = chosen.start ?? usual.start;
  const end = chosen.end ?? usual.end;
  if (start >= end || (start >= usual.start && end <= usual.end)) return usual;
  const margin = (end - start) / 4;
  return aligned(chosen.start === null ? start : start - margin, Math.min(end + margin, Math.max(until, end)));
}

function aligned(start: number, end: number): Extent {
  const step = Math.max(1, Math.round((end - start) / BUCKETS));
  const last = Math.ceil(end / step) * step;
  return { start: last - BUCKETS * step, end: last };
}

export function stepOf({ start, end }: Extent): number {
  return (end - start) / BUCKETS;
}

export function placeOf(time: number, { start, end }: Extent, width: number): number {
  return Math.min(width, Math.max(0, ((time - start) / (end - start)) * width));
}

/** The time at a place, on a whole step. */
export function timeAt(x: number, extent: Extent, width: number): number {
  const step = stepOf(extent);
  const steps = Math.round((Math.min(width, Math.max(0, x)) / width) * BUCKETS);
  return extent.start + steps * step;
}

/** What a drag from one place to another chooses: at least one step, open towards now where it reaches the right edge. */
export function dragged(from: number, to: number, extent: Extent, width: number): Chosen {
  const start = timeAt(Math.min(from, to), extent, width);
  const end = timeAt(Math.max(from, to), extent, width);
  return opened({ start: Math.min(start, extent.end - stepOf(extent)), end: Math.max(end, start + stepOf(extent)) }, extent);
}

/** One edge moved by steps; it never passes the other, nor leaves the strip. */
export function nudged(chosen: Chosen, edge: 'start' | 'end', steps: number, extent: Extent): Chosen {
  const step = stepOf(extent);
  const start = chosen.start ?? extent.start;
  const end = chosen.end ?? extent.end;
  const moved =
    edge === 'start'
      ? { start: within(start + steps * step, extent.start, end - step), end }
      : { start, end: within(end + steps * step, start + step, extent.end) };
  return opened(moved, extent);
}

function opened({ start, end }: Extent, extent: Extent): Chosen {
  return { start: start <= extent.start ? null : start, end: end >= extent.end ? null : end };
}

function within(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

export interface Bar {
  x: number;
  width: number;
  /** Of all dialogs; the failed ones stand in front, at the foot. */
  height: number;
  failed: number;
  inside: boolean;
}

/** Bars as high as their share of the highest; whatever is there can be seen. */
export function bars(
  buckets: readonly { at: number; dialogs: number | null; failed: number | null }[],
  extent: Extent,
  width: number,
  chosen: Chosen,
): Bar[] {
  const most = Math.max(1, ...buckets.map(({ dialogs }) => dialogs ?? 0));
  const pitch = (stepOf(extent) / (extent.end - extent.start)) * width;
  return buckets.flatMap(({ at, dialogs, failed }) => {
    if (!dialogs || at < extent.start || at >= extent.end) return [];
    const inside = at >= (chosen.start ?? -Infinity) && at < (chosen.end ?? Infinity);
    const high = (count: number) => (count > 0 ? Math.max(1.5, ((HEIGHT - 8) * count) / most) : 0);
    return [
      {
        x: placeOf(at, extent, width) + 0.8,
        width: Math.max(1, pitch - 1.6),
        height: high(dialogs),
        failed: high(failed ?? 0),
        inside,
      },
    ];
  });
}

export interface Tick {
  x: number;
  time: number;
}

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400].map((s) => s * 1000);
/** Labels need this much room. */
const PITCH = 150;

/** Round times in the reader's zone, with room for their labels and for `now` at the right. */
export function ticks({ start, end }: Extent, width: number, zoneMinutes: number): Tick[] {
  const span = end - start;
  const wanted = (span * PITCH) / Math.max(PITCH, width);
  const step = STEPS.find((each) => each >= wanted) ?? Math.ceil(wanted / 86_400_000) * 86_400_000;
  const zone = zoneMinutes * 60_000;
  const found: Tick[] = [];
  for (let time = Math.ceil((start - zone) / step) * step + zone; time < end; time += step) {
    const x = placeOf(time, { start, end }, width);
    if (x >= 16 && x <= width - 60) found.push({ x, time });
  }
  return found;
}
