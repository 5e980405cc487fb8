import { bytes, grouped } from '../wire/count';

/** A value with what it counts, as short as a table has room for: `1.2 kB`, `12 %`, `3,210`, `0.4 /s`. */
export function figure(value: number | null, unit: string): string {
  if (value === null) return '—';
  if (unit === 'bytes') return bytes(Math.round(value));
  if (unit === 'bytes/s') return `${bytes(Math.round(value))}/s`;
  if (unit === 'percent') return `${rounded(value)} %`;
  if (unit === 'milliseconds') return `${rounded(value)} ms`;
  if (unit === 'seconds') return duration(value);
  if (unit.endsWith('/s') || unit.endsWith('/second')) return `${rounded(value)} /s`;
  return rounded(value);
}

/** Enough digits to tell, no more. */
export function rounded(value: number): string {
  const size = Math.abs(value);
  if (size >= 100 || Number.isInteger(value)) return grouped(Math.round(value));
  return size >= 10 ? value.toFixed(1) : size >= 0.095 ? value.toFixed(2).replace(/0$/, '') : value.toPrecision(1);
}

/** `4 d 2 h`, `22 min`, `8 s`: the two largest parts at most. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const parts: [number, string][] = [
    [Math.floor(whole / 86_400), 'd'],
    [Math.floor(whole / 3600) % 24, 'h'],
    [Math.floor(whole / 60) % 60, 'min'],
    [whole % 60, 's'],
  ];
  const from = parts.findIndex(([count]) => count > 0);
  if (from < 0) return '0 s';
  return parts
    .slice(from, from + 2)
    .filter(([count], index) => index === 0 || count > 0)
    .map(([count, name]) => `${count} ${name}`)
    .join(' ');
}
