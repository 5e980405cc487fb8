import { tellIn, type Zone } from '../wire/zone';

const ZONE = 'time-zone';
const ROWS = 'rows';

/** What a reader likes, kept in this browser. */
class Preferences {
  zone = $state<Zone>('local');
  compact = $state(false);

  constructor() {
    this.#tell(kept(ZONE) === 'utc' ? 'utc' : 'local');
    this.#draw(kept(ROWS) === 'compact');
  }

  setZone(zone: Zone): void {
    keep(ZONE, zone === 'utc' ? 'utc' : null);
    this.#tell(zone);
  }

  setCompact(compact: boolean): void {
    keep(ROWS, compact ? 'compact' : null);
    this.#draw(compact);
  }

  #tell(zone: Zone): void {
    tellIn(zone);
    this.zone = zone;
  }

  #draw(compact: boolean): void {
    if (compact) document.documentElement.dataset.rows = 'compact';
    else delete document.documentElement.dataset.rows;
    this.compact = compact;
  }
}

function kept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage is switched off: everything is as at first
  }
}

function keep(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    return; // storage is switched off: it holds until the page is left
  }
}

export const preferences = new Preferences();
