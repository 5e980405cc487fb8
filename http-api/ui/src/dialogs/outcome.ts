import type { Dialog, Phase } from '../api/types';

const PHASES: Record<Phase, string> = {
  trying: 'Trying',
  early: 'Ringing',
  confirmed: 'In call',
  terminated: 'Ended',
  failed: 'Failed',
  cancelled: 'Cancelled',
  expired: 'Expired',
};

/** How a dialog was answered or, without a final answer, how far it has come: `486`, `Ringing`. */
export function outcome(dialog: Dialog): string {
  return dialog.status === null ? PHASES[dialog.phase] : String(dialog.status);
}

/** A party as it is best recognised: the number, or the address of record. */
export function party(address: string, otherwise: string): string {
  if (address === '') return otherwise || 'unknown';
  return /^\+?[\d.-]{5,}@/.test(address) ? (address.split('@')[0] ?? address) : address;
}

/** `In call` */
export function phaseName(dialog: Dialog): string {
  return PHASES[dialog.phase];
}
