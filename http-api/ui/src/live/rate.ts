import type { LiveRate } from '../api/types';
import { grouped } from '../wire/count';

/** Messages a second, over the last minute. */
export const SECONDS = 60;

/** The most a table is sent a second; the server samples whole dialogs beyond. */
export const MOST = 2_000;

/** The oldest second leaves, a new one begins. */
export function tick(counts: readonly number[]): number[] {
  return [...counts.slice(1 - SECONDS), 0];
}

/** Adds to the second that runs. */
export function count(counts: readonly number[], messages: number): number[] {
  const running = counts.at(-1) ?? 0;
  return [...counts.slice(0, -1), running + messages];
}

/** Over the last five whole seconds. */
export function rate(counts: readonly number[]): number {
  const whole = counts.slice(-6, -1);
  return whole.length === 0 ? 0 : whole.reduce((sum, value) => sum + value, 0) / whole.length;
}

/** `Showing 12 % of 5,000 msg/s, whole calls`; empty where all is shown. */
export function sampled(rate: LiveRate | null): string {
  if (rate === null || rate.share >= 1) return '';
  const percent = rate.share * 100;
  const share = percent < 1 ? '< 1' : String(Math.min(99, Math.round(percent)));
  return `Showing ${share} % of ${grouped(Math.round(rate.matched))} msg/s, whole calls`;
}

/** The line of a sparkline that fills a width and height; the running second is not whole yet and left out. */
export function spark(counts: readonly number[], width: number, height: number): string {
  const whole = counts.slice(0, -1);
  const most = Math.max(1, ...whole);
  return whole
    .map((value, index) => {
      const x = (width * (SECONDS - 1 - whole.length + index + 1)) / (SECONDS - 1);
      const y = height - 2 - ((height - 4) * value) / most;
      return `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
}
