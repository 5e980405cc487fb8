import type { Dialog, Nearness } from '../api/types';
import { counted } from '../wire/count';
import { wait } from '../wire/time';

/** `0.42 s after`, `31 ms before`, `at that moment`. */
export function distance({ offsetMs }: Nearness): string {
  const size = Math.abs(offsetMs);
  return size < 1 ? 'at that moment' : `${wait(size)} ${offsetMs < 0 ? 'before' : 'after'}`;
}

/** `from and to match`; empty where none was asked for. */
export function matching({ matches }: Nearness, asked: readonly ('from' | 'to')[]): string {
  if (asked.length === 0) return '';
  if (matches.length === 0) return `${asked.join(' and ')} ${asked.length === 1 ? 'does' : 'do'} not match`;
  return `${matches.join(' and ')} ${matches.length === 1 ? 'matches' : 'match'}`;
}

/** Why the first of the dialogs was chosen. */
export function choice(dialogs: readonly Dialog[], asked: readonly ('from' | 'to')[], callId: string | null): string {
  const [first] = dialogs;
  const unknown = callId === null ? '' : 'No dialog has this Call-ID. ';
  if (!first?.nearness) return unknown.trim();
  const why = [distance(first.nearness), matching(first.nearness, asked)].filter((part) => part !== '').join(', ');
  const which = dialogs.length === 1 ? 'The only dialog near that time' : `Nearest of ${counted(dialogs.length, 'dialog')}`;
  return `${unknown}${which}: ${why}.`;
}
