const GROUPED = new Intl.NumberFormat('en');

/** `1,284` */
export function grouped(value: number): string {
  return GROUPED.format(value);
}

/** `1 message`, `1,284 messages` */
export function counted(value: number, noun: string): string {
  return `${grouped(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** `131 MB` out of bytes, in powers of ten. */
export function bytes(value: number): string {
  if (value < 1000) return `${value} bytes`;
  const unit = value < 1e6 ? 'kB' : value < 1e9 ? 'MB' : 'GB';
  const scaled = value / { kB: 1e3, MB: 1e6, GB: 1e9 }[unit];
  return `${scaled < 10 ? scaled.toFixed(1) : Math.round(scaled)} ${unit}`;
}
