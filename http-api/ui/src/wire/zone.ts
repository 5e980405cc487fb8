/** In whose time the pages tell times; the wire always has UTC. */
export type Zone = 'local' | 'utc';

let zone: Zone = 'local';

export function tellIn(chosen: Zone): void {
  zone = chosen;
}

/** The parts of a moment as a reader's clock and calendar show them. */
export interface Shown {
  year: number;
  /** From 0. */
  month: number;
  day: number;
  hours: number;
  minutes: number;
  seconds: number;
}

export function shown(date: Date): Shown {
  return zone === 'utc'
    ? {
        year: date.getUTCFullYear(),
        month: date.getUTCMonth(),
        day: date.getUTCDate(),
        hours: date.getUTCHours(),
        minutes: date.getUTCMinutes(),
        seconds: date.getUTCSeconds(),
      }
    : {
        year: date.getFullYear(),
        month: date.getMonth(),
        day: date.getDate(),
        hours: date.getHours(),
        minutes: date.getMinutes(),
        seconds: date.getSeconds(),
      };
}

/** The moment that a reader means by such a time. */
export function meant(year: number, month: number, day: number, hours: number, minutes: number, seconds: number): Date {
  return zone === 'utc'
    ? new Date(Date.UTC(year, month, day, hours, minutes, seconds))
    : new Date(year, month, day, hours, minutes, seconds);
}
